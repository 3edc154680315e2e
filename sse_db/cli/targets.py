"""What the commands of a modeller share: names of targets and models, and what is told of a target's rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.choices import TargetName
from sse_db.cli.render import say
from sse_db.errors import UnusableEstimator
from sse_db.spelling import counted, name_exception

if TYPE_CHECKING:
    import pandas as pd

TargetOption = Annotated[TargetName, typer.Option("--target", "-t", help="Target to predict.")]
InterpolateOption = Annotated[
    bool,
    typer.Option(
        "--interpolate",
        help="Add samples never measured at 24-30 °C by their Arrhenius fit at 25 °C; basis 'interpolated'.",
    ),
]


ExtraOption = Annotated[
    Path | None,
    typer.Option("--extra", metavar="FILE", help="Table with descriptors of your own, by its column sample_id."),
]
TABLES = (".csv", ".parquet", ".xlsx")


def read_table(path: Path | None) -> pd.DataFrame | None:
    """A table of somebody's own, None where none is named; raises UnusableEstimator for a file that is none."""
    if path is None:
        return None
    if not path.is_file():
        raise UnusableEstimator(f"there is no file {path}", f"a table is one of {', '.join(TABLES)}")
    if path.suffix.lower() not in TABLES:
        raise UnusableEstimator(f"{path.name}: unknown suffix", f"use one of: {', '.join(TABLES)}")
    import pandas as pd

    read: dict[str, Callable[[Path], pd.DataFrame]]
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": _read_only_sheet}
    try:
        return read[path.suffix.lower()](path)
    except UnusableEstimator:
        raise
    except Exception as error:  # a damaged table can break a parser of pandas, pyarrow or openpyxl in any way
        raise UnusableEstimator(f"{path.name} cannot be read: {name_exception(error)}") from error


def _read_only_sheet(path: Path) -> pd.DataFrame:
    """The one sheet of a workbook that holds anything; of several none is chosen silently."""
    import pandas as pd

    sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl")
    filled = {name: frame for name, frame in sheets.items() if len(frame.columns)}
    if len(filled) > 1:
        raise UnusableEstimator(
            f"{path.name} has {len(filled)} sheets: {', '.join(filled)}", "keep the one that is meant"
        )
    return next(iter(filled.values()), pd.DataFrame())


@contextmanager
def keep_output_clean() -> Iterator[None]:
    """What models of somebody's own print goes to stderr: stdout holds the result alone."""
    with redirect_stdout(sys.stderr):
        yield


def tell_coverage(known: Mapping[str, int], samples: int) -> None:
    """Say of how many samples each descriptor has a value: what is empty cannot be learnt from."""
    say(f"values of each descriptor in {counted(samples, 'sample')}:")
    width = max(map(len, known))
    for name, number in known.items():
        say(f"  {name:{width}}  {f'{number} of {samples}' if number else 'no value'}")
