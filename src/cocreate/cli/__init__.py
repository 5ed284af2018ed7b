"""The command line: `cocreate`.

Every command imports what it needs when it is called, so that help and tables appear at once.
"""

from cocreate.cli import demo, open_app, patterns, report, study, test, worlds
from cocreate.cli.shared import BAD_INPUT, FAULTS, STOPPED, app

__all__ = [
    "BAD_INPUT",
    "FAULTS",
    "STOPPED",
    "app",
    "demo",
    "main",
    "open_app",
    "patterns",
    "report",
    "study",
    "test",
    "worlds",
]


def main() -> None:
    """Run the command line."""
    from cocreate.experiments.late_imports import HEAVY, import_late  # noqa: PLC0415

    import_late(*HEAVY)
    app()
