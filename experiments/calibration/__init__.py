"""Calibration: which values of uncertain levers agree with the fitting patterns, all at once."""
