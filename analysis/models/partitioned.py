"""XGBoost on a matrix that fits no single worker: it lies in Parquet files, and each worker holds some of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sse_db.cluster import find_cluster
from sse_db.errors import ClusterFailed, UnreadableSource, WrongUsage

if TYPE_CHECKING:
    import pandas as pd
    from xgboost import Booster

ROUNDS = 150


def fit_boosting(
    files: Sequence[str | Path], target: str, *, rounds: int = ROUNDS, parameters: dict[str, Any] | None = None
) -> Booster:
    """Boosted trees on the rows of Parquet files, fitted within ``sse_db.cluster.connect`` by XGBoost's own training.

    Every column but ``target`` is a descriptor; gaps go down the branch that fits better. A file is read whole by one
    worker: files are far smaller than a worker's memory, and more than there are workers. ``parameters`` are those of
    XGBoost. The trees differ a little with the number of workers, whose sketches of the columns are merged. A worker
    that is lost ends the training, because all of them add up each histogram together. Raises WrongUsage,
    UnreadableSource, ClusterFailed.
    """
    cluster = find_cluster()
    if cluster is None:
        raise WrongUsage("there is no cluster to train on", 'with sse_db.cluster.connect("tcp://HOST:8786"): …')
    empty = _read_columns(files, target)
    columns = [name for name in empty.columns if name != target]
    import pandas as pd
    from dask import delayed
    from dask.dataframe import from_delayed
    from xgboost import dask as boosting

    # not read_parquet of dask: it joins files where few columns are asked for, and the target would be cut otherwise
    frame = from_delayed([delayed(pd.read_parquet)(str(Path(path).absolute())) for path in files], meta=empty)
    chosen = {"tree_method": "hist", "verbosity": 0, **(parameters or {})}
    try:
        with cluster.client.as_current():
            matrix = boosting.DaskQuantileDMatrix(cluster.client, frame[columns], frame[target])
            found = boosting.train(cluster.client, chosen, matrix, num_boost_round=rounds)
    except Exception as error:  # what is left of a training whose worker is gone fails in any way
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        hint = "workers see the same files, and have memory for their part of them?"
        raise ClusterFailed(f"the training ended early: {reason}", hint) from error
    booster: Booster = found["booster"]
    return booster


def _read_columns(files: Sequence[str | Path], target: str) -> pd.DataFrame:
    """The columns that all files have alike, without a row; raises WrongUsage for some that are no numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not files:
        raise WrongUsage("there is no file to train on")
    known: dict[str | Path, pa.Schema] = {}
    for path in files:
        try:
            known[path] = pq.read_schema(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise UnreadableSource(f"{path} is no Parquet file: {error}") from error
        if known[path].remove_metadata() != known[files[0]].remove_metadata():
            raise WrongUsage(f"{path} has other columns than {files[0]}", "write all parts of a matrix alike")
    schema = known[files[0]]
    texts = [each.name for each in schema if not (pa.types.is_floating(each.type) or pa.types.is_integer(each.type))]
    if target not in schema.names or texts:
        told = f"{texts[0]} is no column of numbers" if texts else f"there is no column {target}"
        raise WrongUsage(told, f"columns are {', '.join(schema.names)}")
    empty: pd.DataFrame = schema.empty_table().to_pandas()
    return empty
