"""What the commands of a modeller share: names of targets and models, and what is told of a target's rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from sse_db.cli.choices import TargetName
from sse_db.cli.render import say
from sse_db.spelling import counted

TargetOption = Annotated[TargetName, typer.Option("--target", "-t", help="Target to predict.")]
InterpolateOption = Annotated[
    bool,
    typer.Option(
        "--interpolate",
        help="Add samples never measured at 24-30 °C by their Arrhenius fit at 25 °C; basis 'interpolated'.",
    ),
]


def tell_coverage(known: Mapping[str, int], samples: int) -> None:
    """Say of how many samples each descriptor has a value: what is empty cannot be learnt from."""
    say(f"values of each descriptor in {counted(samples, 'sample')}:")
    width = max(map(len, known))
    for name, number in known.items():
        say(f"  {name:{width}}  {f'{number} of {samples}' if number else 'no value'}")
