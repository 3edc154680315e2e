"""A database from Python: ``import sse_db; db = sse_db.open("sse.db"); X, y, groups = db.training_set("bulk")``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, SupportsFloat, get_args, overload

from sse_db.database.engine import open_engine, resolve_url
from sse_db.dictionary import cast_empty
from sse_db.errors import SseDbError, WrongUsage
from sse_db.query import run_query
from sse_db.temperatures import ROOM_TEMPERATURE_C

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import sqlalchemy as sa

    from analysis.data.targets import FeatureMatrix
    from analysis.evaluation.one_target import Evaluation
    from analysis.prediction.training import TrainedModel
    from analysis.studies.asking import Answer

Mode = Literal["native", "complete"]
GridSize = Literal["small", "wide"]
DEFAULT_PROTOCOLS = ("random", "by publication")
KNOWN_PAPER = "known-paper"


class Database:
    """A database opened for reading; every method returns pandas objects."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._model: TrainedModel | None = None

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The rows of one SELECT; raises QueryRefused for anything that writes.

        A column without any value has the type of the schema's column of its name, where there is one.
        """
        import pandas as pd

        result = run_query(self._engine.url, sql, parameters or {})
        return cast_empty(pd.DataFrame(result.rows, columns=list(result.columns)))

    def view(self, name: str) -> pd.DataFrame:
        """All rows of a view, such as ``descriptors`` or ``room_temperature_conductivity``; raises NotFound."""
        from analysis.data.frames import read_view

        return read_view(self._engine, name)

    def training_set(
        self,
        target: str,
        *,
        mode: Mode = "native",
        interpolate: bool = False,
        drop_empty: bool = False,
    ) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
        """X (n × descriptors, gaps NaN), y (n, log10) and groups (n, publication ids), indexed by sample id.

        ``mode="complete"`` keeps rows without gaps only; ``interpolate`` adds samples never measured at 24–30 °C by
        their Arrhenius fit at 25 °C; ``drop_empty`` leaves descriptors without any value out. Underscores in the name
        are read as hyphens. Raises NotFound for an unknown target or mode.

        The database here holds no rows yet:

        >>> import tempfile
        >>> from sse_db.database.migrate import upgrade
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = f"{folder}/sse.db"
        ...     _ = upgrade(resolve_url(path))
        ...     with open_database(path) as db:
        ...         X, y, groups = db.training_set("bulk")
        >>> X.shape, y.name
        ((0, 17), 'log10_bulk_conductivity')
        """
        matrix = self._matrix(target, mode, interpolate, drop_empty)
        return matrix.X, matrix.y, matrix.groups

    def samples(self, target: str, *, mode: Mode = "native", interpolate: bool = False) -> pd.DataFrame:
        """What the rows of a training set are: publication_id, formula and structure_class, in its order and with its
        index. It is the ``groups`` of ``ProtocolKFold``, and ``[["formula"]]`` of it is an ``extra``."""
        return self._matrix(target, mode, interpolate).samples

    def folds(
        self,
        target: str,
        protocol: str = "by publication",
        seed: int = 0,
        *,
        mode: Mode = "native",
        interpolate: bool = False,
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """The outer folds of ``evaluate``: positions (train, test) in the rows of ``training_set``, for any ``cv=`` of
        scikit-learn.

        With seed 0 they are those of ``sse-db export training-set --folds``. Raises NotFound for an unknown target or
        protocol, NothingToLearnFrom where nothing can be held out.
        """
        from analysis.folds.protocols import OUTER_FOLDS, find_protocol, groups_of, split_outer

        chosen = find_protocol(protocol).name
        matrix = self._matrix(target, mode, interpolate)
        return split_outer(len(matrix.y), groups_of(matrix, chosen), chosen, OUTER_FOLDS, _whole("seed", seed, 0))

    @overload
    def evaluate(
        self,
        model: Any,
        target: str,
        *,
        protocol: Literal["known-paper", "known paper"],
        extra: pd.DataFrame | None = None,
        seed: int = 0,
        seeds: int = 1,
        interpolate: bool = False,
    ) -> Answer: ...

    @overload
    def evaluate(
        self,
        model: Any,
        target: str,
        *,
        protocol: str | Sequence[str] = DEFAULT_PROTOCOLS,
        extra: pd.DataFrame | None = None,
        cv: Any = None,
        seed: int = 0,
        seeds: int = 1,
        grid: GridSize = "small",
        quick: bool = False,
        mode: Mode = "native",
        interpolate: bool = False,
        drop_empty: bool = False,
        jobs: int | None = 1,
        tell: Callable[[int, int, float | None], None] | None = None,
    ) -> Evaluation: ...

    def evaluate(
        self,
        model: Any,
        target: str,
        *,
        protocol: str | Sequence[str] = DEFAULT_PROTOCOLS,
        extra: pd.DataFrame | None = None,
        cv: Any = None,
        seed: int = 0,
        seeds: int = 1,
        grid: GridSize = "small",
        quick: bool = False,
        mode: Mode = "native",
        interpolate: bool = False,
        drop_empty: bool = False,
        jobs: int | None = 1,
        tell: Callable[[int, int, float | None], None] | None = None,
    ) -> Evaluation | Answer:
        """Scores of models by outer folds, beside the median and the nearest neighbour on the same folds.

        ``model`` is a scikit-learn estimator, the name of one of the package's models, a list of these, or a mapping of
        names of one's own to them. The package's models choose their parameters in inner folds; an estimator is fitted
        as it is, and a search (``GridSearchCV``) whose splitter takes groups is given those of its training rows.

        ``protocol`` is one of the six, several, or ``"all"``; ``cv`` (a splitter, or pairs of positions) stands in its
        place; ``"known-paper"`` alone asks the study of that name and gives what ``study`` gives. ``extra`` brings
        descriptors of one's own: a frame indexed by sample_id, whose columns stand beside the descriptors; columns of
        text are for estimators that can read them. ``seeds`` repeats the folds of a protocol, first with ``seed``;
        ``jobs`` is the number of processes, None for one per core; ``tell`` is called with units done, units in all,
        and seconds left. Mistakes end in one sentence: NotFound, NothingToLearnFrom, UnusableEstimator.
        """
        from analysis.evaluation.one_target import evaluate_models, find_protocols
        from analysis.evaluation.runs import EvaluationPlan

        asked = [protocol] if isinstance(protocol, str) else list(protocol)
        if KNOWN_PAPER in [str(name).replace(" ", "-").replace("_", "-") for name in asked]:
            if len(asked) > 1:
                raise WrongUsage(f"{KNOWN_PAPER} goes with no other protocol", "ask for it alone")
            if cv is not None or quick or drop_empty or (grid, mode) != ("small", "native"):
                raise WrongUsage(
                    f"{KNOWN_PAPER} makes its own folds of all rows, with fixed parameters",
                    "leave cv, grid, quick, mode and drop_empty out",
                )
            return self.study(KNOWN_PAPER, target, model, seed=seed, seeds=seeds, interpolate=interpolate, extra=extra)
        if grid not in get_args(GridSize):
            raise WrongUsage(
                f"there is no grid {grid}: grids are {', '.join(get_args(GridSize))}", "choose one of them"
            )
        if cv is not None and _whole("seeds", seeds, 1) > 1:
            raise WrongUsage(
                "cv gives the folds, and seeds= would repeat others",
                "leave seeds out, or ask for protocol= in place of cv=",
            )
        plan = EvaluationPlan(
            mode=mode,
            protocols=find_protocols(protocol),
            seed=_whole("seed", seed, 0),
            seeds=_whole("seeds", seeds, 1),
            comparison_seeds=seeds,
            grid=grid,
            search="quick" if quick else "exact",
            interpolate=interpolate,
        )
        jobs = None if jobs is None else _whole("jobs", jobs, 1)
        return evaluate_models(
            self._engine, model, target, plan, extra=extra, drop_empty=drop_empty, cv=cv, jobs=jobs, tell=tell
        )

    def study(
        self,
        name: str,
        target: str,
        model: Any = None,
        *,
        seed: int = 0,
        seeds: int = 5,
        interpolate: bool = False,
        extra: pd.DataFrame | None = None,
    ) -> Answer:
        """An answer with ``scores`` and ``errors`` to one of three questions, whole publications held out.

        ``"known-paper"``: what one or two known samples of a paper are worth; ``"learning-curve"``: what more papers
        are; ``"all-temperatures"``: what measurements at all temperatures are, by a model of its own. ``model`` as in
        ``evaluate`` (XGBoost by default), with fixed parameters or, if it is one's own, as it is. Raises
        NothingToLearnFrom, with what is missing.
        """
        from analysis.studies.asking import ask_study

        first, number = _whole("seed", seed, 0), _whole("seeds", seeds, 1)
        chosen = range(first, first + number)
        return ask_study(self._engine, name, target, model, seeds=chosen, interpolate=interpolate, extra=extra)

    def train(
        self,
        model: Any,
        target: str,
        *,
        extra: pd.DataFrame | None = None,
        drop_empty: bool = False,
        compare: bool = False,
        seed: int = 0,
        jobs: int = 1,
        tell: Callable[[int, int], None] | None = None,
    ) -> TrainedModel:
        """A model scored as by ``evaluate``, then fitted to all rows of a target, with intervals of measured coverage.

        ``model`` is a name, a scikit-learn estimator, or a function in a file of one's own (``"my_model.py:make"``);
        ``extra``, ``drop_empty`` and ``jobs`` as in ``evaluate``. It is scored beside the median; with ``compare`` the
        paper's other models are scored too, which takes longer. What it is worth stands in ``card``; ``save`` writes
        a file for ``predict`` here and on the command line. ``predict`` takes the last model trained here.
        """
        from analysis.prediction.training import train_model

        self._model = train_model(
            self._engine,
            target,
            model,
            extra=extra,
            drop_empty=drop_empty,
            compare=compare,
            seed=_whole("seed", seed, 0),
            jobs=_whole("jobs", jobs, 1),
            progress=tell,
        )
        return self._model

    def predict(
        self,
        samples: pd.DataFrame,
        model: TrainedModel | str | Path | None = None,
        *,
        code: str | None = None,
        temperature_c: float = ROOM_TEMPERATURE_C,
    ) -> pd.DataFrame:
        """Predictions (log10) with intervals, the nearest known sample, and warnings: one row per row of ``samples``.

        Columns of ``samples`` have the headers of a literature sheet: Formula, and what else is known, such as
        Sintering temperature (°C); or they are descriptors by their names (``grain_size_um``), and columns that the
        model got as ``extra``. Structural descriptors that are not given come from the database's records of the same
        composition.

        ``model`` is what ``train`` gave, or a saved file; by default the last one trained here. ``code`` names the file
        of one's own that a saved model was made in. ``temperature_c`` other than 25 °C is for models of
        ``"all-temperatures"``. Raises WrongUsage for what cannot be read in ``samples``.
        """
        from analysis.prediction.elsewhere import require_temperature
        from analysis.prediction.predicting import predict_samples, tabulate
        from analysis.prediction.saved_model import load_model
        from analysis.prediction.training import TrainedModel
        from sse_db.notebook.samples import describe_frame

        chosen = self._model if model is None else model
        if isinstance(chosen, str | Path):
            chosen = load_model(Path(chosen), code)
        if not isinstance(chosen, TrainedModel):
            told = "no model was trained here" if model is None else f"a {type(model).__name__} is no trained model"
            raise WrongUsage(told, "db.predict(samples, model): the model is what db.train gives, or a saved file")
        require_temperature(chosen.card, _number("temperature_c", temperature_c))
        described, doubts = describe_frame(self._engine, samples, chosen.extra)
        found = tabulate(predict_samples(chosen, described, float(temperature_c))).set_axis(described.index, axis=0)
        pairs = zip(found["warnings"], doubts, strict=True)
        return found.assign(warnings=["; ".join(filter(None, [told, *others])) for told, others in pairs])

    def suggest(self, target: str, candidates: pd.DataFrame | None = None, *, by: str | None = None) -> pd.DataFrame:
        """Candidates ranked to be measured next, best first; without any, what values the database lacks are worth.

        ``candidates`` has columns as ``samples`` of ``predict``; ``by`` is ``"improvement"`` (expected over the best
        known sample, the default), ``"exploration"`` or ``"value"``. Whether the ranking finds the best known samples
        faster than drawing at random is tried on the database; ``.attrs["note"]`` of the frame says so, or how the
        worth of missing values was found. Raises WrongUsage for what cannot be read, NothingToLearnFrom on too few
        samples.
        """
        from analysis.data.targets import require_enough
        from analysis.prediction.suggesting import BY, rank_candidates

        if by is not None and by not in BY:
            raise WrongUsage(f"candidates are not ranked by {by!r}", f"choose one of {', '.join(BY)}")
        matrix = self._matrix(target, "native", interpolate=False)
        require_enough(matrix)
        if candidates is None:
            from analysis.studies.missing_values import HOW_FOUND, weigh_gaps

            if by is not None:
                raise WrongUsage(
                    "by ranks candidates, and there are none", 'db.suggest("bulk", candidates, by="value")'
                )
            found, note = weigh_gaps(self._engine, matrix)[0], HOW_FOUND
        else:
            from analysis.prediction.ranking_trial import tell_trial
            from sse_db.notebook.samples import describe_frame

            described, doubts = describe_frame(self._engine, candidates, ())
            described["doubts"] = ["; ".join(told) for told in doubts]
            merit = by or "improvement"
            found, note = rank_candidates(matrix, described, merit), tell_trial(matrix, merit)[1]
        found.attrs["note"] = note
        return found

    def _matrix(self, target: str, mode: Mode, interpolate: bool, drop_empty: bool = False) -> FeatureMatrix:
        from analysis.data.matrices import read_matrix

        return read_matrix(self._engine, target, mode, interpolate=interpolate, drop_empty=drop_empty)

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _number(name: str, value: Any) -> float:
    """A number; raises WrongUsage for anything else."""
    if isinstance(value, bool) or not isinstance(value, SupportsFloat):
        raise WrongUsage(f"{name} is a number, not {value!r}")
    return float(value)


def _whole(name: str, value: Any, least: int) -> int:
    """A whole number; raises WrongUsage for anything else."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or int(value) < least:
        raise WrongUsage(f"{name} is a whole number from {least} on, not {value!r}")
    return int(value)


def open_database(path_or_url: str | Path | None = None) -> Database:
    """Open an existing database by path or URL, by default ``$SSE_DB_URL`` or ``sse.db`` in the working folder.

    Raises DatabaseMissing, NotADatabase or DatabaseOutdated.
    """
    from sse_db.database.migrate import require_current

    engine = open_engine(resolve_url(None if path_or_url is None else str(path_or_url)))
    try:
        require_current(engine)
    except SseDbError:
        engine.dispose()
        raise
    return Database(engine)
