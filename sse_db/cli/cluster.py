"""Where heavy work runs: on this machine, or shared out to a Dask cluster."""

from __future__ import annotations

from typing import Annotated

import typer

SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="<tcp://HOST:PORT|local>",
        help="Share the work out to a Dask cluster: its scheduler's address, or local for processes of this machine.",
    ),
]
