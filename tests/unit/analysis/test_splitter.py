"""The splitter keeps scikit-learn's contract for every protocol."""

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.base import clone
from sklearn.linear_model import LassoCV, Ridge
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline

from analysis.folds.protocols import PROTOCOLS
from sse_db.errors import NotFound
from sse_db.modelling import ProtocolKFold


@pytest.fixture(scope="module")
def rows():
    random = np.random.default_rng(0)
    n = 60
    samples = pd.DataFrame(
        {
            "publication_id": random.integers(1, 13, n),
            "formula": random.choice([f"Li{number}O" for number in range(400)], n),
            "structure_class": random.choice(["garnet", "NASICON", "perovskite", None], n),
        }
    )
    X = pd.DataFrame(random.normal(size=(n, 3)), columns=["a", "b", "c"])
    return X, X["a"] + random.normal(0, 0.1, n), samples


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_row_is_held_out_once_and_no_group_stands_on_both_sides(rows, protocol):
    X, y, samples = rows
    splitter = ProtocolKFold(protocol)
    folds = list(splitter.split(X, y, samples))
    assert len(folds) == splitter.get_n_splits(X, y, samples)
    assert np.array_equal(np.sort(np.concatenate([test for _, test in folds])), np.arange(len(y)))
    for train, test in folds:
        assert np.array_equal(np.sort(np.r_[train, test]), np.arange(len(y)))
        for column in PROTOCOLS[protocol].together:
            assert not set(samples[column].iloc[train]) & set(samples[column].iloc[test])


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_it_works_in_scores_and_searches(rows, protocol):
    X, y, samples = rows
    cv = ProtocolKFold(protocol)
    assert len(cross_val_score(Ridge(), X, y, groups=samples, cv=cv)) == cv.get_n_splits(X, y, samples)
    search = GridSearchCV(make_pipeline(Ridge()), {"ridge__alpha": [0.1, 1000.0]}, cv=cv).fit(X, y, groups=samples)
    assert search.best_params_ == {"ridge__alpha": 0.1}


def test_groups_are_routed_to_it_where_routing_is_on(rows):
    X, y, samples = rows
    with sklearn.config_context(enable_metadata_routing=True):
        assert len(cross_val_score(Ridge(), X, y, params={"groups": samples}, cv=ProtocolKFold())) == 5
        assert LassoCV(cv=ProtocolKFold()).fit(X, y, groups=samples).alpha_ > 0


def test_the_same_seed_gives_the_same_folds_and_another_one_others(rows):
    X, y, samples = rows
    first, again, other = (
        [test.tolist() for _, test in ProtocolKFold(random_state=seed).split(X, y, samples)] for seed in (0, 0, 1)
    )
    assert first == again != other


def test_one_column_will_do_where_the_protocol_holds_one_together(rows):
    X, y, samples = rows
    whole = [test.tolist() for _, test in ProtocolKFold().split(X, y, samples)]
    for column in (samples["publication_id"], samples["publication_id"].to_numpy(), samples["publication_id"].tolist()):
        assert [test.tolist() for _, test in ProtocolKFold().split(X, y, column)] == whole


def test_without_groups_as_many_folds_are_promised_as_were_asked_for(rows):
    X, y, samples = rows
    assert ProtocolKFold("random", 7).get_n_splits() == 7
    assert ProtocolKFold("by publication", 4).get_n_splits(X, y) == 4
    assert ProtocolKFold("by structure class").get_n_splits(X, y, samples) == 4
    assert (
        ProtocolKFold("leave one publication out").get_n_splits(groups=samples) == samples["publication_id"].nunique()
    )


def test_it_tells_its_parameters_and_takes_names_in_any_spelling():
    assert (
        repr(ProtocolKFold("by-publication")) == "ProtocolKFold(n_splits=5, protocol='by-publication', random_state=0)"
    )
    assert clone(ProtocolKFold("by_composition", 3), safe=False).n_splits == 3
    assert isinstance(clone(GridSearchCV(Ridge(), {}, cv=ProtocolKFold())).cv, ProtocolKFold)


SLIPS = {
    "no groups": (lambda X, s: ProtocolKFold().split(X), "folds by publication need groups: publication_id"),
    "groups of another kind": (lambda X, s: ProtocolKFold().split(X, groups=s["formula"]), "need publication_id as groups"),
    "one column of two": (
        lambda X, s: ProtocolKFold("by publication or composition").split(X, groups=s["formula"]), "publication_id and formula as groups",
    ),
    "a frame without the column": (lambda X, s: ProtocolKFold().split(X, groups=s[["formula"]]), "need publication_id in groups"),
    "one group": (lambda X, s: ProtocolKFold().split(X, groups=np.zeros(len(X))), "all samples belong to one group"),
    "groups of other rows": (lambda X, s: ProtocolKFold().split(X, groups=s.head()), "inconsistent numbers of samples"),
    "one fold": (lambda X, s: ProtocolKFold(n_splits=1).split(X), "n_splits is a whole number from 2 on"),
    "no seed": (lambda X, s: ProtocolKFold(random_state=None).split(X), "random_state is a whole number"),
    "leaving out without groups": (lambda X, s: [ProtocolKFold("leave one publication out").get_n_splits(X)], "need groups"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), SLIPS.values(), ids=SLIPS.keys())
def test_what_is_lacking_is_told(rows, ask, message):
    X, _, samples = rows
    with pytest.raises(ValueError, match=message):
        list(ask(X, samples))


def test_an_unknown_protocol_is_refused_with_those_that_there_are():
    with pytest.raises(NotFound, match="protocols are random, by publication"):
        ProtocolKFold("by weather")


def test_folds_by_publication_are_those_of_scikit_learn(rows):
    X, y, samples = rows
    codes = pd.factorize(samples["publication_id"])[0]
    theirs = GroupKFold(5, shuffle=True, random_state=0).split(X, y, codes)
    ours = ProtocolKFold().split(X, y, samples)
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(ours, theirs, strict=True))
