"""Libraries that only some analyses need, imported when one of them starts."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from cocreate.agents.errors import CocreateError


class MissingExtraError(CocreateError, ImportError):
    """An analysis needs a library that comes with an extra."""


def load(module: str, extra: str = "") -> Any:
    """Import a heavy module, without the warnings that it gives about itself.

    Args:
        module: Full name of the module.
        extra: Extra of this package that brings it; empty for one that is always there.

    Raises:
        MissingExtraError: The module is not installed; the message says what to install.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError as error:
        if not extra:
            raise
        raise MissingExtraError(
            f'This analysis needs {module.split(".", maxsplit=1)[0]}, which comes with the extra "{extra}":'
            f' pip install "cocreate[{extra}]" ({error}).'
        ) from error
