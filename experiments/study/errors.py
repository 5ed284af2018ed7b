"""Errors of studies, one class for each thing that a user can mend."""

from cocreate.agents.errors import CocreateError


class StudyError(CocreateError, ValueError):
    """A study is not in order: an unknown entry, an impossible design, a world that makes no sense."""
