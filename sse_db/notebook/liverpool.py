"""All temperatures on a user's own copy of the Liverpool data set, which may not be passed on (docs/public-data.md)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sse_db.errors import UnreadableSource, WrongUsage
from sse_db.notebook.samples import open_copy

if TYPE_CHECKING:
    import pandas as pd

    from analysis.studies.asking import Answer

FORMAT = "liverpool"
SOURCE = "the file is LiIonDatabase.csv of the University of Liverpool, downloaded by whoever accepts its terms"


def benchmark_liverpool(path: str | Path, *, seed: int = 0, seeds: int = 1) -> Answer:
    """The study of all temperatures on a copy of LiIonDatabase.csv: ``scores``, and ``errors`` of every sample.

    The file is imported into a database that is thrown away; ``about`` says how many rows were read and which were left
    out. It mixes kinds of conductivity and does not say how samples were made: descriptors are those of the formula,
    and one composition of one paper is one sample. Raises UnreadableSource for a file that is not there, RefusedFile
    for one that is no such table, NothingToLearnFrom for too few series.
    """
    from analysis.data.all_temperatures import UNSPECIFIED, build_room_matrix
    from analysis.data.targets import require_enough
    from analysis.studies.asking import ask_temperatures

    if seeds < 1 or seed < 0:
        raise WrongUsage("seed is a whole number from 0 on, seeds from 1 on")
    rows, about = read_liverpool(Path(path))
    matrix = build_room_matrix(rows, UNSPECIFIED)
    require_enough(matrix)
    about |= {"samples_near_25_c": len(matrix.y), "publications_near_25_c": matrix.publications}
    return ask_temperatures(rows, matrix, {**about, "seed": seed, "seeds": seeds}, range(seed, seed + seeds))


def read_liverpool(path: Path) -> tuple[pd.DataFrame, dict[str, object]]:
    """The measurements of a copy of the data set at all temperatures, with descriptors, and what was read of it."""
    from analysis.data.all_temperatures import UNSPECIFIED, read_all_temperatures
    from etl.pipeline import load_file

    if not path.is_file():
        raise UnreadableSource(f"there is no file {path}", SOURCE)
    with open_copy(None) as engine:
        report = load_file(engine, path, FORMAT, curator="benchmark")
        rows = read_all_temperatures(engine, (UNSPECIFIED,))
    left_out = [f"{each.row}: {each.reason}" for each in report.passed_over]
    return rows, {"data": "Liverpool", "measurements": len(rows), "left_out": left_out}
