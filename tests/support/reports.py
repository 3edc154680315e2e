"""Reports for tests: the whole road with one point per grid, so that only the search for parameters is short."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unittest import mock

import pytest

from analysis.data.targets import TARGETS
from analysis.figures import base
from analysis.models.candidates import CANDIDATES
from analysis.models.extended import EVERY_CANDIDATE
from analysis.report.write import Report, write_report
from sse_db.database.engine import open_engine
from support.seeded import seed_path
from support.simulated_database import simulated_path

OF_THE_SEED = ("total", "grain-boundary-observed")
"""Targets that no figure of the paper shows; the seed has enough samples for them."""

COARSE_DPI = 30
"""Of the seed's pictures, which no test looks at: those of the full database have all dots, and take long."""


def narrow_grids(patch):
    """Leave the second value of every parameter in the small grids (the first is hardly a model), and two penalties in
    those of the linear models, so that there is something to choose."""
    for name, candidate in CANDIDATES.items():
        number = 2 if name in ("lasso", "svr-linear") else 1
        point = {
            parameter: list(values)[1 : 1 + number] or list(values)
            for parameter, values in candidate.grids["small"].items()
        }
        narrow = replace(candidate, grids={**candidate.grids, "small": point})
        patch.setitem(CANDIDATES, name, narrow)
        patch.setitem(EVERY_CANDIDATE, name, narrow)  # evaluations look their candidates up here


@cache
def report_of(name) -> Report:
    """The report of ``seed`` or of ``simulated``, written once per test process, which alone knows the narrow grids."""
    engine = open_engine(str({"seed": seed_path, "simulated": simulated_path}[name]()))
    folder = Path(mkdtemp(prefix=f"sse-db-{name}-")) / "report"
    # patch.dict gives the targets back in their order, which other tests of the process rely on
    with pytest.MonkeyPatch.context() as patch, mock.patch.dict(TARGETS):
        narrow_grids(patch)
        if name == "simulated":
            for target in OF_THE_SEED:
                del TARGETS[target]
        else:
            patch.setattr(base, "PNG_DPI", COARSE_DPI)
        report = write_report(engine, folder, jobs=1)
        assert not report.reused
        assert write_report(engine, folder).reused
    engine.dispose()
    return report
