"""The link to the room's page, also as a code that phones read."""

from __future__ import annotations

import io
import ipaddress
from collections.abc import Mapping

LOCAL_NAMES = ("localhost", "localhost.localdomain")


def origin_of(headers: Mapping[str, list[str] | str]) -> str:
    """Return the first part of the address by which a visitor reached the server, such as ``http://10.0.0.5:8765``.

    Args:
        headers: Headers of the visitor's request; empty where there are none.
    """
    host = _first(headers, "x-forwarded-host") or _first(headers, "host") or "127.0.0.1"
    scheme = _first(headers, "x-forwarded-proto") or "http"
    return f"{scheme if scheme in ('http', 'https') else 'http'}://{host}"


def _first(headers: Mapping[str, list[str] | str], name: str) -> str:
    found = headers.get(name, "")
    return (found if isinstance(found, str) else next(iter(found), "")).split(",")[0].strip()


def only_here(origin: str) -> bool:
    """Return whether an address works on the machine itself only; 0.0.0.0, of all its networks, does too.

    >>> only_here("http://127.0.0.1:8765"), only_here("http://[::1]:80"), only_here("http://10.0.0.5:8765")
    (True, True, False)
    >>> only_here("http://0.0.0.0:8765")
    True
    """
    host = origin.split("://", 1)[-1]
    host = host[1 : host.index("]")] if host.startswith("[") else host.rsplit(":", 1)[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host in LOCAL_NAMES
    return address.is_loopback or address.is_unspecified


def code_of(address: str) -> str:
    """Return an address as a QR code: SVG that takes the size of its box, dark on light in every theme.

    Args:
        address: The address.
    """
    import segno  # noqa: PLC0415 - of the extra ``app``

    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff"
    )
    return drawn.getvalue().decode()
