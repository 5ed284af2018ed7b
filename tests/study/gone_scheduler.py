"""A stand-in for a client of Dask that has lost its scheduler, and notices at one call or another."""

from __future__ import annotations

from collections.abc import Callable

from distributed.comm.core import CommClosedError


class GoneClient:
    """A client all of whose calls fail once one has."""

    status = "running"

    def __init__(self, error: Exception, *, at: str) -> None:
        """Choose the call that is the first to fail, and how it does."""
        self.closed = False
        self._error = error
        self._at = at
        self._gone = False

    def fail(self, name: str) -> None:
        """Fail if this is the call."""
        self._gone = self._gone or name == self._at
        if self._gone:
            raise self._error

    def run(self, _: object, on_error: str) -> dict[str, object]:
        """Give the answer of a worker that has just died."""
        self.fail("run")
        return {"tcp://a:1": CommClosedError(on_error)}

    def subscribe_topic(self, _: str, hear: object) -> None:
        """Listen."""
        assert callable(hear)
        self.fail("subscribe_topic")

    def unsubscribe_topic(self, _: str) -> None:
        """Stop to listen."""
        self.fail("unsubscribe_topic")

    def nthreads(self) -> dict[str, int]:
        """Give one worker."""
        self.fail("nthreads")
        return {"tcp://a:1": 1}

    def submit(self, *_: object, key: str, pure: bool) -> GoneFuture:
        """Take a batch."""
        assert not pure
        self.fail("submit")
        return GoneFuture(self, key, "finished" if self._at == "result" else "lost")

    def cancel(self, _: object, force: bool) -> None:
        """Take batches back."""
        assert force
        self.fail("cancel")

    def close(self) -> None:
        """Leave."""
        self.closed = True
        self.fail("close")


class GoneFuture:
    """A batch that is done or lost, and whose result was with the scheduler."""

    def __init__(self, client: GoneClient, key: str, status: str) -> None:
        """Say what became of it."""
        self.key = key
        self.status = status
        self._client = client

    def add_done_callback(self, tell: Callable[[object], None]) -> None:
        """Tell at once."""
        tell(self)

    def result(self, timeout: float) -> bytes:
        """Fail to give the result."""
        assert timeout > 0
        self._client.fail("result")
        return b""
