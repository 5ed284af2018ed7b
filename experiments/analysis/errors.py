"""Errors of analyses: numbers that do not fit together, and questions that they cannot answer."""

from cocreate.agents.errors import CocreateError


class AnalysisError(CocreateError, ValueError):
    """An analysis was asked for something that its numbers cannot give."""
