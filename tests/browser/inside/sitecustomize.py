"""Python loads this in the server that tests visit: no network but this machine, and a count on request."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Any

REFUSED = "REACHED OUT:"
"""What is printed of every attempt to leave this machine."""

HELD = "PAGES HELD:"
"""What is printed with the number of pages in memory when SIGUSR1 comes."""

NAMED = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}
"""Events that look up a host, and where they name it."""

REACHED = ("socket.connect", "socket.sendto", "socket.sendmsg")
"""Events that send to an address."""

AT_HOME = ("", "localhost", "::1", "0.0.0.0", "::")


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse whatever would leave this machine, and say so."""
    if event in NAMED:
        host = arguments[NAMED[event]]
    elif event in REACHED and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name not in AT_HOME and not name.startswith("127."):
        print(f"{REFUSED} {event} {name}", file=sys.stderr, flush=True)
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))


def say_pages(*_: object) -> None:
    """Print how many pages the server keeps in memory."""
    kernels = sys.modules.get("solara.server.kernel_context")
    print(f"{HELD} {len(kernels.contexts) if kernels else 0}", flush=True)


sys.addaudithook(guard)
signal.signal(signal.SIGUSR1, say_pages)
