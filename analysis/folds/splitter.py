"""The folds of the protocols as a splitter of scikit-learn, for ``cross_val_score``, ``GridSearchCV`` and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from sklearn.model_selection import BaseCrossValidator
from sklearn.utils import indexable

from analysis.folds.protocols import (
    BY_PUBLICATION,
    OUTER_FOLDS,
    PROTOCOLS,
    Split,
    find_protocol,
    group_samples,
    split_outer,
)
from sse_db.errors import NothingToLearnFrom


class ProtocolKFold(BaseCrossValidator):
    """Outer folds of a protocol, those of ``evaluate`` for the same rows, protocol and seed.

    ``groups`` of ``split`` is a frame with the columns that the protocol holds together (publication_id, formula,
    structure_class; ``db.samples(target)`` has them all), or, where that is one column, the column alone. Random folds
    need none. There are fewer folds than ``n_splits`` where there are fewer groups, and one per publication where one
    is left out at a time.

    >>> papers = pd.DataFrame({"publication_id": [7, 7, 8, 9]})
    >>> for train, test in ProtocolKFold("by publication", 3).split(papers, groups=papers):
    ...     print(train, test)
    [0 1 2] [3]
    [0 1 3] [2]
    [2 3] [0 1]
    """

    __metadata_request__split = {"groups": True}  # noqa: RUF012  # how scikit-learn is told that groups are wanted

    def __init__(self, protocol: str = BY_PUBLICATION, n_splits: int = OUTER_FOLDS, *, random_state: int = 0) -> None:
        self.protocol = protocol
        self.n_splits = n_splits
        self.random_state = random_state
        find_protocol(protocol)
        if not isinstance(n_splits, int | np.integer) or n_splits < 2:
            raise ValueError(f"n_splits is a whole number from 2 on, not {n_splits!r}")
        if not isinstance(random_state, int | np.integer) or random_state < 0:
            raise ValueError(
                f"random_state is a whole number from 0 on, so that folds can be had again, not {random_state!r}"
            )

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[Split]:
        """Positions (train, test) of each fold; raises ValueError where groups lack or nothing can be held out."""
        X, y, groups = indexable(X, y, groups)
        yield from self._split(len(X) if hasattr(X, "__len__") else X.shape[0], groups)

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many folds ``split`` gives; without X and groups as many as were asked for."""
        protocol = find_protocol(self.protocol)
        if not protocol.one_out and (X is None or (protocol.together and groups is None)):
            return int(self.n_splits)
        size = X if X is not None else groups
        return len(self._split(len(size) if size is not None else 0, groups))

    def _split(self, n: int, groups: Any) -> list[Split]:
        protocol = find_protocol(self.protocol)
        codes = None
        if protocol.together:
            codes = group_samples(read_groups(groups, self.protocol), protocol.name)
        try:
            return split_outer(n, codes, protocol.name, int(self.n_splits), int(self.random_state))
        except NothingToLearnFrom as error:
            raise ValueError(str(error)) from error


def read_groups(groups: Any, name: str) -> pd.DataFrame:
    """The columns that a protocol holds together, from a frame that has them or from one column; raises ValueError."""
    together = find_protocol(name).together
    wanted = " and ".join(together)
    if groups is None:
        raise ValueError(f"folds {name} need groups: {wanted}, such as groups=db.samples(target)")
    if isinstance(groups, pd.DataFrame):
        lacking = [column for column in together if column not in groups]
        if lacking:
            raise ValueError(f"folds {name} need {wanted} in groups, as db.samples(target) has them")
        return groups[list(together)]
    column = pd.Series(np.asarray(groups)) if not isinstance(groups, pd.Series) else groups
    others = {each for protocol in PROTOCOLS.values() for each in protocol.together} - set(together)
    if len(together) > 1 or column.name in others:
        raise ValueError(f"folds {name} need {wanted} as groups, such as groups=db.samples(target)")
    return column.rename(together[0]).to_frame()
