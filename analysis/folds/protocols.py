"""Which samples may not stand on both sides of a fold, and the folds that keep to it.

The command line offers the names of the protocols: libraries are imported where folds are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from sse_db.errors import NotFound, NothingToLearnFrom

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.data.targets import FeatureMatrix

OUTER_FOLDS = 5
INNER_FOLDS = 10

RANDOM = "random"
BY_PUBLICATION = "by publication"
BY_COMPOSITION = "by composition"
BY_PUBLICATION_OR_COMPOSITION = "by publication or composition"
BY_STRUCTURE_CLASS = "by structure class"
LEAVE_ONE_PUBLICATION_OUT = "leave one publication out"

OWN_FOLDS = "own folds"
"""Name of folds that somebody brought; what inner folds there are keep publications together."""

CHOSEN = "chosen"
"""Name of the procedure that lets the inner folds choose the model as well as its parameters."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How folds are made: samples that agree in one of the columns ``together`` never stand on both sides of a fold;
    with ``one_out`` every group is a fold of its own."""

    name: str
    together: tuple[str, ...] = ()
    one_out: bool = False


PROTOCOLS = {
    protocol.name: protocol
    for protocol in (
        Protocol(RANDOM),
        Protocol(BY_PUBLICATION, ("publication_id",)),
        Protocol(BY_COMPOSITION, ("formula",)),
        Protocol(BY_PUBLICATION_OR_COMPOSITION, ("publication_id", "formula")),
        Protocol(BY_STRUCTURE_CLASS, ("structure_class",)),
        Protocol(LEAVE_ONE_PUBLICATION_OUT, ("publication_id",), one_out=True),
    )
}
"""All protocols, in the order in which they are offered and shown."""

_RULES = {**PROTOCOLS, OWN_FOLDS: Protocol(OWN_FOLDS, ("publication_id",))}

Split = tuple["np.ndarray", "np.ndarray"]


def find_protocol(name: str) -> Protocol:
    """The protocol of a name, in which hyphens and underscores are read as blanks; raises NotFound.

    >>> find_protocol("leave_one-publication_out").one_out
    True
    """
    chosen = PROTOCOLS.get(str(name).replace("-", " ").replace("_", " "))
    if chosen is None:
        raise NotFound(f"there is no protocol {name}: protocols are {', '.join(PROTOCOLS)}", "choose one of them")
    return chosen


def groups_of(matrix: FeatureMatrix, protocol: str) -> np.ndarray | None:
    """The group of every sample (n integers) under a protocol, None where folds are random."""
    return group_samples(matrix.samples, protocol)


def group_samples(samples: pd.DataFrame, protocol: str) -> np.ndarray | None:
    """The group of every row (n integers) of a frame with the columns that a protocol holds together, None where folds
    are random."""
    import pandas as pd

    columns = [pd.factorize(_name_missing(samples[name]))[0] for name in _RULES[protocol].together]
    return reduce(join_groups, columns) if columns else None


def _name_missing(column: pd.Series) -> pd.Series:
    """What is not known is one group."""
    return column.fillna("unknown") if column.isna().any() else column


def interval_groups(matrix: FeatureMatrix, protocol: str) -> np.ndarray:
    """The group of every sample (n integers) that an interval resamples: the publication where folds are random or by
    composition, since samples of a publication err together whatever the folds; else the group of the protocol."""
    groups = groups_of(matrix, BY_PUBLICATION if protocol in (RANDOM, BY_COMPOSITION) else protocol)
    if groups is None:
        raise AssertionError(f"protocol {protocol} has no groups")
    return groups


def describe_obstacle(matrix: FeatureMatrix, protocol: str) -> str:
    """One sentence on why a protocol cannot be followed on a matrix; empty when it can.

    Something has to be held out, and, where the inner folds choose, something once more of what is left.
    """
    import numpy as np

    groups = groups_of(matrix, protocol)
    if groups is None or protocol == OWN_FOLDS:
        return ""
    number, wanted = len(np.unique(groups)), 2 if PROTOCOLS[protocol].one_out else 3
    if number >= wanted:
        return ""
    return f"target {matrix.target.name}, folds {protocol}: {number} of the {wanted} groups wanted"


def distinct_seeds(matrix: FeatureMatrix, protocol: str, seeds: Sequence[int]) -> Sequence[int]:
    """The seeds that make different folds: the first alone where folds were given, or every group is one of its own."""
    import numpy as np

    if protocol == OWN_FOLDS:
        return seeds[:1]
    groups = groups_of(matrix, protocol)
    if groups is None:
        return seeds
    alone = PROTOCOLS[protocol].one_out or len(np.unique(groups)) <= OUTER_FOLDS
    return seeds[:1] if alone else seeds


def join_groups(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Connected components: samples that share a group of either kind, directly or through others.

    Samples 0 and 1 share a paper, 1 and 2 a formula: all three belong together.

    >>> import numpy as np
    >>> join_groups(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2])).tolist()
    [0, 0, 0, 1]
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    offset = int(first.max()) + 1
    edges = coo_array((np.ones(len(first)), (first, second + offset)), shape=(offset + int(second.max()) + 1,) * 2)
    return np.asarray(connected_components(edges, directed=False)[1][first])


def split_folds(n: int, groups: np.ndarray | None, folds: int, seed: int) -> list[Split]:
    """Shuffled folds, the same for every candidate; with groups no group stands on both sides.

    Fewer folds where there are fewer samples or groups; raises NothingToLearnFrom if nothing can be held out.

    >>> import numpy as np
    >>> papers = np.array([1, 1, 2, 2, 3, 3])
    >>> sorted(sorted(set(papers[test].tolist())) for _, test in split_folds(6, papers, 3, seed=0))
    [[1], [2], [3]]
    """
    import numpy as np
    from sklearn.model_selection import GroupKFold, KFold

    if groups is None:
        return list(KFold(min(folds, n), shuffle=True, random_state=seed).split(np.zeros(n)))
    number = min(folds, _count_groups(groups))
    return list(GroupKFold(number, shuffle=True, random_state=seed).split(np.zeros(n), groups=groups))


def split_outer(n: int, groups: np.ndarray | None, protocol: str, folds: int, seed: int) -> list[Split]:
    """The outer folds of a protocol: one per publication where one is left out at a time, shuffled ones elsewhere."""
    import numpy as np
    from sklearn.model_selection import LeaveOneGroupOut

    if not PROTOCOLS[protocol].one_out or groups is None:
        return split_folds(n, groups, folds, seed)
    _count_groups(groups)
    return list(LeaveOneGroupOut().split(np.zeros(n), groups=groups))


def _count_groups(groups: np.ndarray) -> int:
    import numpy as np

    number = len(np.unique(groups))
    if number < 2:
        raise NothingToLearnFrom("all samples belong to one group: there is nothing to hold out")
    return number
