"""The command line: `cocreate`."""

import typer

import cocreate

app = typer.Typer(add_completion=False)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(cocreate.__version__)


def main() -> None:
    """Run the command line."""
    app()
