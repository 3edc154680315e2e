"""Featurizers as transformers of scikit-learn: a column of formulas, or of structures, to columns of numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from analysis.featurizers.composition import composition_features, profile_features, read_amounts, round_digits
from analysis.featurizers.structure import STRUCTURE_FEATURES, describe_structure, structure_features
from sse_db.errors import UnreadableFormula, UnusableStructure
from sse_db.materials.formulas import read_formula

Errors = Literal["raise", "missing"]
EXAMPLE = "Li7La3Zr2O12"
SMALLEST = 1e-12
"""What lies nearer to zero is rounding."""


class _Featurizer(TransformerMixin, BaseEstimator):
    """One column in, many columns of numbers out; nothing is learnt, so that it can be used without ``fit``."""

    def fit(self, X: Any, y: Any = None) -> _Featurizer:
        """Look at the shape of X alone: a frame of one column, or a list of values."""
        values = _read_column(X)
        if self.errors not in ("raise", "missing"):
            raise ValueError(f"errors is raise or missing, not {self.errors!r}")
        self.n_features_in_ = 1
        if isinstance(X, pd.DataFrame):
            self.feature_names_in_ = np.asarray(X.columns, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_
        if not values:
            raise ValueError("Found array with 0 sample(s) while a minimum of 1 is required.")
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Features (n × columns) of every value; those of a missing value are missing."""
        values = _read_column(X)
        known = getattr(self, "feature_names_in_", None)
        if known is not None and isinstance(X, pd.DataFrame) and list(X.columns) != list(known):
            raise ValueError(f"the column is {X.columns[0]}, while {known[0]} was fitted")
        return self._compute(values)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns that ``transform`` gives."""
        return np.asarray(self._names(), dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        column = replace(tags.input_tags, two_d_array=False, one_d_array=True, string=True, allow_nan=True)
        output = replace(tags.transformer_tags, preserves_dtype=[])
        return replace(tags, input_tags=column, transformer_tags=output, requires_fit=False)

    def _compute(self, values: list[Any]) -> np.ndarray:
        raise NotImplementedError

    def _names(self) -> list[str]:
        raise NotImplementedError

    def _try(self, number: int, read: Callable[[Any], Any], value: Any) -> Any:
        """What is read from a value; None for a missing one, or one that cannot be read where errors are missing."""
        if _is_missing(value):
            return None
        try:
            return read(value)
        except (UnreadableFormula, UnusableStructure) as error:
            if self.errors == "missing":
                return None
            raise type(error)(f"row {number}: {error}", error.hint) from error


class CompositionFeaturizer(_Featurizer):
    """Formulas to composition statistics: shares of elements, means and ranges of element properties, charge balance.

    ``profiles`` adds cumulative shares along Pettifor's order of the elements. A formula that cannot be read raises
    UnreadableFormula with its row (from 0), or is missing with ``errors="missing"``.

    >>> featurizer = CompositionFeaturizer().set_output(transform="pandas")
    >>> found = featurizer.fit_transform(["Li7La3Zr2O12", "Li3N"])
    >>> found["li_ratio"].round(4).tolist()
    [0.2917, 0.75]
    """

    def __init__(self, *, profiles: bool = False, errors: Errors = "raise") -> None:
        self.profiles = profiles
        self.errors = errors

    def _compute(self, values: list[Any]) -> np.ndarray:
        formulas = [self._try(number, _check_formula, value) or "" for number, value in enumerate(values)]
        return self._frame(formulas).to_numpy(float)

    def _names(self) -> list[str]:
        return list(map(str, self._frame([EXAMPLE]).columns))

    def _frame(self, formulas: list[str]) -> pd.DataFrame:
        """Features of formulas; what is empty has none, not zeros."""
        parts = [composition_features(formulas), *([profile_features(formulas)] if self.profiles else [])]
        frame = pd.concat(parts, axis=1)
        # a row must not differ with the rows beside it, by which sums are ordered: trees would see it
        settled = np.where(np.abs(frame) < SMALLEST, 0.0, round_digits(frame.to_numpy(float)))
        return pd.DataFrame(settled, columns=frame.columns).mask(pd.Series(formulas).eq(""))


class StructureFeaturizer(_Featurizer):
    """Structures (texts of CIF, or objects of pymatgen) to what is around their lithium: occupancies, distances.

    The first structure of a text counts. One that cannot be read raises UnusableStructure with its row (from 0), or is
    missing with ``errors="missing"``; so are features that need lithium where there is none.
    """

    def __init__(self, *, errors: Errors = "raise") -> None:
        self.errors = errors

    def _compute(self, values: list[Any]) -> np.ndarray:
        rows = [self._try(number, _describe, value) or {} for number, value in enumerate(values)]
        return pd.DataFrame(rows, columns=list(STRUCTURE_FEATURES)).to_numpy(float)

    def _names(self) -> list[str]:
        return list(STRUCTURE_FEATURES)


def _check_formula(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableFormula(f"{value!r} is no formula", f"write a text, such as {EXAMPLE}")
    read_formula(value)
    if not read_amounts(value):
        raise UnreadableFormula(f"{value} holds an element without known properties", "leave it out")
    return value


def _describe(value: Any) -> dict[str, float]:
    if not isinstance(value, str):
        if not hasattr(value, "get_neighbor_list"):
            raise UnusableStructure(
                f"a value of class {type(value).__name__} is no structure", "give the text of a CIF"
            )
        return describe_structure(value)
    return _describe_text(value)


@lru_cache(maxsize=2000)
def _describe_text(text: str) -> dict[str, float]:
    """Kept, since a cross-validation asks for every structure several times."""
    try:
        return structure_features(text)
    except ValueError as error:
        raise UnusableStructure(str(error)) from error


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)) or value == ""


def _read_column(X: Any) -> list[Any]:
    """The values of one column; raises ValueError for several, or for something else."""
    if isinstance(X, str) or not hasattr(X, "__len__"):
        raise ValueError(f"give a column or a list of values, not one {type(X).__name__}")
    if hasattr(X, "columns"):
        if X.shape[1] != 1:
            raise ValueError(f"give one column, not {X.shape[1]} ({', '.join(map(str, X.columns[:3]))} …)")
        return [row[0] for row in np.asarray(X, dtype=object).tolist()]
    if isinstance(X, np.ndarray) and X.ndim == 2:
        if X.shape[1] != 1:
            raise ValueError(f"give one column, not {X.shape[1]}")
        return [row[0] for row in X.tolist()]
    values = list(X)
    nested = [isinstance(value, list | tuple | np.ndarray) for value in values]
    if any(nested):
        if not all(nested) or any(len(value) != 1 for value in values):
            raise ValueError("give one value per row")
        return [value[0] for value in values]
    return values
