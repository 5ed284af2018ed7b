"""Errors of engines, one class for each thing that a user can mend."""

from cocreate.agents.errors import CocreateError


class EngineError(CocreateError, ValueError):
    """Options for who simulates contradict each other, or settings of a job queue are not in order."""


class PoolError(CocreateError, RuntimeError):
    """No worker process comes to life on this machine."""


class ClusterError(CocreateError, ConnectionError):
    """A cluster cannot be reached, went away, or cannot do the work."""


class OtherVersionError(ClusterError):
    """Workers have other code than this process, so that their results would differ."""


class NoWorkersError(ClusterError):
    """All workers of a cluster are gone, and none came back."""
