"""What can be told of a target's rows before any model is loaded: whether there are enough, and what is known of them.

It needs pandas alone, so that a command can refuse in a moment what would come to nothing.
"""

from __future__ import annotations

import sqlalchemy as sa

from analysis.data.frames import read_target, read_view
from analysis.data.targets import FeatureMatrix, Mode, build_matrix, find_target, require_enough
from sse_db.errors import NothingToLearnFrom

NO_LIMITS = "no value of this target is a limit: there is nothing to compare"


def require_rows(engine: sa.Engine, target_name: str, mode: Mode = "native", *, interpolate: bool = False) -> None:
    """Raise NothingToLearnFrom for a target with too few samples or publications."""
    target = find_target(target_name)
    if interpolate:
        from analysis.data.interpolation import read_training

        frame = read_training(engine, target, interpolate=True)
    else:
        frame = read_target(engine, target)
    require_enough(build_matrix(frame, target, mode))


def require_limits(engine: sa.Engine, target_name: str) -> None:
    """Raise NothingToLearnFrom for a target of which no value is a limit."""
    target = find_target(target_name)
    limits = read_view(engine, "training_limits")
    if not limits.loc[limits["target"].eq(target.name), target.column].notna().any():
        raise NothingToLearnFrom(NO_LIMITS, "leave --limits out, or choose another --target")


def require_samples(engine: sa.Engine) -> None:
    """Raise NothingToLearnFrom for a database without any sample."""
    if read_view(engine, "sample_names").empty:
        raise NothingToLearnFrom(
            "the database holds no sample: there is nothing to report", "fill it with: sse-db import"
        )


def count_known(matrix: FeatureMatrix) -> dict[str, int]:
    """Each descriptor of a target, and the number of samples that have a value of it."""
    return {str(name): int(number) for name, number in matrix.X.notna().sum().items()}
