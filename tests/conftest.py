"""What holds for all tests."""

import signal

import pytest

# A shell starts what it runs in the background with the interrupt ignored, and programs hand that on to
# those they start: tests that interrupt a command would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try tests that wait for browsers and other processes a second time, and say so in the summary.

    A machine that stops for some seconds at a bad moment must not fail a run of twenty minutes.
    """
    for item in items:
        if any(item.iter_markers("browser")) or any(item.iter_markers("processes")):
            item.add_marker(pytest.mark.flaky(reruns=1))
