"""Errors of calibration."""

from cocreate.agents.errors import CocreateError


class CalibrationError(CocreateError, ValueError):
    """A calibration cannot start, go on or end as it was asked for."""
