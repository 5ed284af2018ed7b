"""The command that opens the app in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from cocreate.cli.shared import announce, app, tell


@app.command("app")
def open_app(
    host: Annotated[
        str, typer.Option(help="Address to listen at; another than the default lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port; 0 for any free one.", show_default="8765, or any free one"
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a page in the browser.")] = True,
) -> None:
    """Open the app in the browser: lessons, worlds to explore and compare, and a trainer's script."""
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415 - late, as all below
    from cocreate.viz.app.serve import serve  # noqa: PLC0415

    warm_up(announce)
    serve(host, port, open_browser=browser, say=tell)
