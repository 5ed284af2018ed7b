"""Controls: native inputs with labels that keyboards and screen readers know."""
