"""How results look: figures, and the app in the browser."""
