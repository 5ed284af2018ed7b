"""Patterns: what is known from elsewhere, as checks that the model can fail."""
