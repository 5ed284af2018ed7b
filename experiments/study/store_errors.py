"""Errors of keeping and running studies, one class for each thing that a user can mend."""

from cocreate.agents.errors import CocreateError


class StoreError(CocreateError, OSError):
    """A folder is no store, or one that this version cannot read."""


class StoreBusyError(StoreError):
    """Another driver is at work in the store."""


class WriteError(StoreError):
    """Something cannot be written, such as on a full or write-protected disk."""


class PartError(StoreError):
    """A file with results is not as it was written."""


class DamagedStudyError(StoreError):
    """The store cannot say any more what a study consists of."""


class UnknownStudyError(CocreateError, LookupError):
    """The store holds no study of that name."""


class EditedStudyError(CocreateError, ValueError):
    """A study differs from the one of its name that the store holds."""


class DriftError(CocreateError, ValueError):
    """The study was begun with other code, packages or another kind of machine."""


class StudyStopped(KeyboardInterrupt):
    """A study was interrupted after all runs were written that had come in; says how to go on."""
