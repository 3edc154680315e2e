"""The command that shows the database in a web browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sse_db.cli.render import progress, say, settings_of


def register(app: typer.Typer) -> None:
    """Add this file's command to the application."""
    app.command("serve")(serve_database)


def serve_database(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8001,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the page in the web browser of this machine.")
    ] = False,
) -> None:
    """Browse and query the database in a web browser, read-only, until Ctrl-C."""
    from sse_db.browse.serving.server import listen, serve

    with listen(host, port) as listener:  # before what takes seconds to load
        from analysis.figures.browsing import draw_sample, draw_scatter
        from sse_db.browse.pages.drawings import Drawings
        from sse_db.cli.spectrum_output import draw_nyquist_of
        from sse_db.database.transfer import as_file
        from sse_db.dialects import choose

        drawings = Drawings(arrhenius=draw_sample, scatter=draw_scatter, spectrum=draw_nyquist_of)
        engine = settings_of(context).open()
        with as_file(engine) as path:
            name = Path(choose(engine).show(engine.url)).name
            serve(path, drawings, listener, host=host, name=name, open_page=open_page, say=say, progress=progress)
