"""Late imports: let heavy libraries load when they are first used, so that a command starts at once."""

import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

HEAVY = (
    "pandas",
    "networkx",
    "mesa.discrete_space",
    "mesa.space",
    "mesa.experimental.continuous_space",
    "mesa.experimental.meta_agents",
)
"""What Mesa and the model import at their start and a plain run never uses: about half of the time."""


class LateModule(ModuleType):
    """A module whose code runs when something is first asked of it.

    ``importlib.util.LazyLoader`` will not do: the second ``import`` of such a module loads it.
    """

    def __getattr__(self, name: str) -> object:
        """Load the module, then return what was asked for."""
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on a module like any other
        if spec.submodule_search_locations is not None:
            self.__path__ = spec.submodule_search_locations
        spec.loader.exec_module(self)
        return getattr(self, name)


def import_late(*names: str) -> None:
    """Make modules load at their first use instead of at their import; those already loaded stay.

    For the start of a program only, before anything else is imported: Mesa and others then import such
    a module without loading it.
    """
    for name in names:
        spec = _spec_of(name) if name not in sys.modules else None
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        module.__class__ = LateModule
        vars(module).pop("__path__", None)  # a submodule asks for it, and so loads the module first
        sys.modules[name] = module


def load_late() -> None:
    """Load all that was put off, before several threads use it: one would find what another half loaded."""
    for name in HEAVY:
        module = sys.modules.get(name)
        if isinstance(module, LateModule):
            module.__getattr__("__name__")


def _spec_of(name: str) -> ModuleSpec | None:
    """Find a module without importing the packages it lies in, which find_spec would do."""
    path: Sequence[str] | None = None
    spec: ModuleSpec | None = None
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        spec = PathFinder.find_spec(".".join(parts[:length]), path)
        if spec is None:
            return None
        path = spec.submodule_search_locations
    return spec
