"""What breaks outside all pages, in the frame itself: visitors read a sentence, and the log has the rest."""

from __future__ import annotations

import logging
import traceback
from types import ModuleType, TracebackType

import reacton.core
from solara.server import app as solara_app

MARK = "cc-broke"
"""What stands in a page that could not be built; the script of the frame shows a sentence in its place."""

logger = logging.getLogger("cocreate.app")


def keep_from_visitors() -> None:
    """Let no visitor see how a page broke: Solara and Reacton would show it with all its lines of code."""
    for_the_log = ModuleType("traceback")
    vars(for_the_log).update({**vars(traceback), "format_exception": _log})
    for module in (solara_app, reacton.core):
        vars(module)["traceback"] = for_the_log


def _log(_kind: object, error: BaseException, _where: TracebackType | None) -> list[str]:
    """Write an error to the log, and return what the visitor's page gets."""
    logger.error("A page could not be built", exc_info=error)
    return [MARK]
