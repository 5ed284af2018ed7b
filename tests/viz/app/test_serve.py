"""The address at which the app is served: it can be opened, and one that cannot be had is told."""

import errno
import os
import socket

import pytest

from cocreate.viz.app.errors import AddressError, WorkersError
from cocreate.viz.app.pool import usual_workers
from cocreate.viz.app.serve import announcement, serve


def not_of_this_machine(*_args: object) -> None:
    raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))


def unknown_name(*_args: object, **_named: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("port", [None, 8765])
def test_an_address_of_another_machine_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, port: int | None
) -> None:
    monkeypatch.setattr(socket.socket, "bind", not_of_this_machine)
    with pytest.raises(AddressError, match=r"at 192\.0\.2\.1, .* such as 127\.0\.0\.1"):
        serve("192.0.2.1", port, open_browser=False)


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)
    with pytest.raises(AddressError, match=r"at nowhere, .*Name or service not known"):
        serve("nowhere", open_browser=False)


def test_a_name_that_is_none_is_told() -> None:
    with pytest.raises(AddressError, match=r"at a\.\.b, "):
        serve("a..b", open_browser=False)


@pytest.mark.parametrize("given", ["two", "-1", "1.5", "٣", "65", "9" * 5000])
def test_a_number_of_processes_that_is_none_is_told_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("COCREATE_APP_WORKERS", given)
    monkeypatch.setattr(socket.socket, "bind", not_of_this_machine)
    with pytest.raises(WorkersError, match=r"COCREATE_APP_WORKERS is .*from 0 to 64.*Unset it") as told:
        serve(open_browser=False)
    assert given[:20] in str(told.value)
    assert len(str(told.value)) < 300


@pytest.mark.parametrize(
    ("given", "cores", "workers"), [("0", 8, 0), (" 3 ", 8, 3), ("", 8, 4), ("", 1, 1), ("", 3, 2)]
)
def test_the_number_of_processes_is_what_was_asked_for_or_leaves_a_core_to_the_server(
    monkeypatch: pytest.MonkeyPatch, given: str, cores: int, workers: int
) -> None:
    monkeypatch.setenv("COCREATE_APP_WORKERS", given)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert usual_workers() == workers


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:8765"),
        ("::", "http://[::1]:8765"),
    ],
)
def test_a_server_for_all_networks_is_opened_on_its_machine_and_says_how_others_reach_it(
    host: str, address: str
) -> None:
    opened, said = announcement(host, 8765)
    assert opened == address
    assert f"{address} (Ctrl+C" in said
    assert "Others use the address of this machine" in said
    assert host not in said.replace(address, "")


def test_a_server_for_this_machine_invites_nobody_else() -> None:
    assert announcement("127.0.0.1", 80) == (
        "http://127.0.0.1:80",
        "The app is at http://127.0.0.1:80 (Ctrl+C stops it).",
    )
