"""What all commands share: the program, its errors in one message, and how it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from cocreate.agents.errors import CocreateError

FAULTS = 1
BAD_INPUT = 2
STOPPED = 130
"""Exit codes: all was done, but runs failed or a check did not pass; something that the user can mend; and an
interrupt from the keyboard."""


class Commands(TyperGroup):
    """Commands whose errors are told in one message instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except CocreateError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
        except MemoryError:
            typer.echo(
                "Error: The world is too large for this machine's memory: choose fewer people.", err=True
            )
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            typer.echo("Stopped. Nothing was written.", err=True)
            raise typer.Exit(STOPPED) from None


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Simulate how citizens, officials and organisations co-create public services.",
)


@contextmanager
def announce(message: str) -> Iterator[None]:
    """Show a message on the terminal while something takes a moment."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(message):
            yield
    else:
        if "Compiling" in message:  # worth a line in a log
            typer.echo(message, err=True)
        yield


def tell(what: object) -> None:
    """Print a text or a table."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)  # a pipe has no edge: do not fold its lines at 80 columns
        console.soft_wrap = isinstance(what, str)
    console.print(what)
