"""The server: one process on this machine that needs no network and tells nobody."""

from __future__ import annotations

import ipaddress
import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
import warnings
import webbrowser
from asyncio import CancelledError
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cocreate.viz.app.errors import AddressError, AppNotInstalledError

if TYPE_CHECKING:
    from uvicorn import Server

PORT = 8765
"""Port that is tried first."""

NEEDED = ("solara", "ipyvuetify", "anywidget", "uvicorn")

IDLE = "15m"
"""Time after which the memory of a page that nobody looks at any more is freed."""

MOST_VISITORS = "120"
"""Open pages above which the server accepts no more."""

FIXED = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "nobody",  # otherwise a file is made in the home folder
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_VARIANT": "light",  # with "auto" the page lacks its root; the frame says auto
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_MODE": "production",
    "SOLARA_CHECK_HOOKS": "off",
    # Everything that matters is in the address of a page, so after a restart it is simply built again.
    "SOLARA_STATE_AUTO_REMOUNT": "True",
}
"""Settings that make the server private and quiet, whatever the environment says."""

WISHES = {"SOLARA_KERNEL_CULL_TIMEOUT": IDLE, "SOLARA_KERNEL_MAX_COUNT": MOST_VISITORS}
"""Settings that whoever runs the server may choose otherwise."""

logger = logging.getLogger("cocreate.app")

type Say = Callable[[str], None]


def serve(
    host: str = "127.0.0.1", port: int | None = None, open_browser: bool = True, say: Say = print
) -> None:
    """Serve the app until it is interrupted.

    Args:
        host: Address to listen at; the default can be reached from this machine only.
        port: Port, 0 for any free one; None tries the usual one, then any.
        open_browser: Whether to open a page.
        say: Prints the address once the server answers.

    Raises:
        AppNotInstalledError: Packages that the app needs are missing.
        WorkersError: The environment asks for a number of processes that is none.
        AddressError: The address is not free, or not of this machine.
    """
    _require_packages()
    from cocreate.viz.app.pool import usual_workers  # noqa: PLC0415 - heavy

    usual_workers()  # what is wrong with their number is told before anything is started
    bound = _bound(host, port)
    _prepare_environment()
    warnings.filterwarnings("ignore", "Cookies with samesite=none", UserWarning)
    from cocreate.viz.app.site import site  # noqa: PLC0415 - heavy, and reads the environment

    server = _server(site())
    threading.Thread(target=_announce, args=(server, bound, open_browser, say), daemon=True).start()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _leave)  # the server hands it on once it has stopped
    try:
        server.run(sockets=[bound])
    finally:
        from cocreate.viz.app.worlds import worlds  # noqa: PLC0415 - heavy

        worlds().close()


def _require_packages() -> None:
    for name in NEEDED:
        if find_spec(name) is None:
            raise AppNotInstalledError(name)


def _prepare_environment() -> None:
    os.environ.update(FIXED)
    for name, value in WISHES.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("SOLARA_SESSION_SECRET_KEY", secrets.token_hex(32))
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s: %(message)s"
    )


def _bound(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens at the address."""
    *others, last = (PORT, 0) if port is None else (port,)
    for wished in others:
        with suppress(OSError, UnicodeError):
            return _listening(host, wished)
    try:
        return _listening(host, last)
    except (OSError, UnicodeError) as error:  # names that are none end in the latter
        why = getattr(error, "strerror", None) or str(error)
        raise AddressError(host, last, why) from None


def _listening(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def _server(app: object) -> Server:
    from uvicorn import Config, Server  # noqa: PLC0415 - heavy

    settings = Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=2)  # type: ignore[arg-type]
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    return Server(settings)


def _leave(number: int, _frame: object) -> None:
    """End like any program that is told to: what is open is closed first."""
    sys.exit(128 + number)


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a message tells anything: that pages were open when the server stopped is none."""
    return not (record.exc_info and isinstance(record.exc_info[1], CancelledError))


def announcement(host: str, port: int) -> tuple[str, str]:
    """Return the address that a browser on this machine opens, and what is said once the server answers.

    >>> announcement("0.0.0.0", 8765)[0], announcement("::1", 80)[0]
    ('http://127.0.0.1:8765', 'http://[::1]:80')

    Args:
        host: Address that the server listens at, in numbers.
        port: Its port.
    """
    bound = ipaddress.ip_address(host)
    everywhere = bound.is_unspecified  # that is no address to open: every address of the machine is meant
    if everywhere:
        host = "127.0.0.1" if bound.version == 4 else "::1"  # noqa: PLR2004 - of the Internet Protocol
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    said = f"The app is at {address} (Ctrl+C stops it)."
    if everywhere:
        said += f" Others use the address of this machine in their network, with port {port}."
    return address, said


def _announce(server: Server, bound: socket.socket, open_browser: bool, say: Say) -> None:
    """Say the address once the server answers, and make ready what the first visitor will need."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    host, port = bound.getsockname()[:2]
    address, said = announcement(host, port)
    say(said)
    if open_browser:
        webbrowser.open(address)
    from cocreate.viz.app.worlds import worlds  # noqa: PLC0415 - heavy

    try:
        worlds().make_ready()
        import_module("scipy.stats")  # else the first change of a visitor waits for it
    except Exception:
        if not server.should_exit:  # who stops the app at once gets no world, and needs to be told nothing
            logger.exception("The first world could not be simulated")
