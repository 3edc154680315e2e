"""Estimators that somebody brought, as candidates beside those of the package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from sklearn.base import clone

from analysis.models.candidates import BASELINES, Candidate
from analysis.models.extended import EVERY_CANDIDATE
from sse_db.errors import NotFound, UnusableEstimator

NOTHING_TO_CHOOSE: Mapping[Any, Mapping[str, Any]] = {"small": {}, "wide": {}}
"""The grids of an estimator that somebody brought: what it has to choose, it chooses itself."""


def find_candidate(name: str) -> Candidate:
    """The candidate of a name, in which underscores are read as hyphens; raises NotFound."""
    chosen = EVERY_CANDIDATE.get(name.replace("_", "-"))
    if chosen is None:
        raise NotFound(
            f"there is no model {name}: models are {', '.join(EVERY_CANDIDATE)}",
            "choose one of them, or bring an estimator, on the command line as FILE.py:FUNCTION",
        )
    return chosen


def find_candidates(models: Any) -> list[Candidate]:
    """Candidates from names, scikit-learn estimators, a list of these, or a mapping of one's own names to them.

    Raises NotFound for a name that no candidate has, and UnusableEstimator for what is no estimator.

    >>> from sklearn.linear_model import Ridge
    >>> [each.name for each in find_candidates(["lasso", Ridge()])]
    ['lasso', 'Ridge']
    """
    if isinstance(models, Mapping):
        found = [candidate_of(model, str(name)) for name, model in models.items()]
    elif isinstance(models, list | tuple):
        found = [candidate_of(model) for model in models]
    else:
        found = [candidate_of(models)]
    if not found:
        raise UnusableEstimator("there is no model to evaluate", "give a name, an estimator, or a list of them")
    return _tell_apart(found)


def find_one_candidate(model: Any) -> Candidate:
    """The candidate of a name, an estimator, or a mapping of one name to one; raises as ``find_candidates`` does."""
    found = find_candidates(model)
    if len(found) > 1:
        raise UnusableEstimator(f"one model is fitted at a time, not {len(found)}", "choose one of them")
    return found[0]


def candidate_of(model: Any, name: str | None = None) -> Candidate:
    """One candidate from a name of the package's, or from an estimator, a fresh copy of which is fitted each time."""
    if isinstance(model, Candidate):
        return model
    if isinstance(model, str):
        from analysis.models.model_file import is_model_file, load_model_file

        return load_model_file(model) if is_model_file(model) else find_candidate(model)
    require_estimator(model)
    name = name or describe_estimator(model)
    return Candidate(name, name, partial(clone, model, safe=False), NOTHING_TO_CHOOSE, takes_frame=True, brought=True)


def require_estimator(model: Any, giver: str = "") -> None:
    """Raise UnusableEstimator for what has not both ``fit`` and ``predict``, or is a class in place of an object."""
    start = f"{giver} gives " if giver else ""
    if isinstance(model, type):
        what = f"{start}the class {model.__name__}" if giver else f"{model.__name__} is a class"
        raise UnusableEstimator(f"{what}, no estimator", f"call it: {model.__name__}()")
    lacking = [name for name in ("fit", "predict") if not callable(getattr(model, name, None))]
    if lacking:
        kind = "None" if model is None else f"an object of class {type(model).__name__}"
        raise UnusableEstimator(
            f"{start}{kind}, which has no {' and no '.join(lacking)}", "a model has the functions fit and predict"
        )


def describe_estimator(model: Any) -> str:
    """The name of an estimator: its class, or that of the last step of a pipeline or of what a search tunes."""
    inner = getattr(model, "steps", None)
    if inner:
        return describe_estimator(inner[-1][1])
    tuned = getattr(model, "estimator", None)
    return describe_estimator(tuned) if hasattr(tuned, "fit") else type(model).__name__


def _tell_apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates with names of their own; raises UnusableEstimator where one has that of a baseline or of another."""
    found = list(candidates)
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1 and name in EVERY_CANDIDATE and not any(each.brought for each in found):
            raise UnusableEstimator(f"{name} is named twice", "once is enough")
        if names.count(name) > 1 or name in BASELINES:
            other = "a baseline, which stands beside every model" if name in BASELINES else "another model"
            raise UnusableEstimator(
                f"{name} is also the name of {other}", 'give names: {"mine": estimator, "other": estimator}'
            )
    for each in found:
        if each.brought and each.name in EVERY_CANDIDATE:
            raise UnusableEstimator(f"{each.name} is the name of a model of the package", "choose another name")
    return found
