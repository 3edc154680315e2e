"""The search chooses what GridSearchCV chooses; the quick one may choose otherwise, and never looks at all of it."""

import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV
from support.simulated import matrix, simulate

from analysis.folds.protocols import BY_PUBLICATION, groups_of, split_folds
from analysis.models.candidates import CANDIDATES
from analysis.models.grid_errors import Fold
from analysis.models.search import find_best


class Table:
    """Grid errors read from a table of errors, points × folds, that counts what is looked at."""

    def __init__(self, errors, families):
        self.errors, self.families, self.looks = errors, families, 0

    def key(self, point):
        return (point["place"] % self.families,)

    def quick_version(self):
        return self

    def prepare(self, model, fold):
        return fold

    def measure(self, prepared, points):
        self.looks += len(points)
        return [float(self.errors[point["place"], prepared]) for point in points]


def tables():
    random = np.random.default_rng(0)
    for _ in range(100):
        quality, difficulty = random.gamma(2, 1, 40), random.gamma(2, 1, 10)
        yield quality[:, None] * difficulty * random.gamma(9, 1 / 9, (40, 10))


def look(errors, quick=False):
    grid_errors = Table(errors, families=8)
    points = [{"place": place} for place in range(len(errors))]
    return find_best(None, grid_errors, points, range(errors.shape[1]), quick=quick), grid_errors.looks


def test_the_best_point_of_any_table_of_errors_is_found_without_looking_at_all_of_it():
    looks = []
    for errors in tables():
        best, looked = look(errors)
        assert best.place == int(errors.mean(axis=1).argmin())
        assert best.error == errors.mean(axis=1).min()
        looks.append(looked)
    assert max(looks) <= 400
    assert np.mean(looks) < 300


def test_of_equal_points_the_first_is_chosen_as_in_scikit_learn():
    errors = np.ones((40, 10))
    assert look(errors)[0].place == 0
    errors[17] = errors[23] = 0.5
    assert look(errors)[0].place == 17


def test_the_quick_search_looks_at_less_and_loses_little():
    pairs = [(look(errors, quick=True), errors.mean(axis=1)) for errors in tables()]
    assert {looked for (_best, looked), _means in pairs} == {40 * 2 + 13 * 2 + 4 * 6}
    ranks = [int((means < means[best.place]).sum()) for (best, _looked), means in pairs]
    assert np.mean(ranks) < 1


@pytest.mark.parametrize("name", CANDIDATES)
@pytest.mark.parametrize("missing", [0.0, 0.2], ids=["complete rows", "rows with gaps"])
def test_every_candidate_gets_the_point_that_gridsearchcv_would_choose(name, missing):
    data, candidate = matrix(simulate(1, missing=missing)), CANDIDATES[name]
    X, y = data.X.to_numpy(float), data.y.to_numpy(float)
    splits = split_folds(len(y), groups_of(data, BY_PUBLICATION), 3, seed=0)
    plain = GridSearchCV(
        candidate.build(), dict(candidate.grids["small"]), cv=splits, scoring="neg_mean_squared_error", refit=False
    ).fit(X, y)
    folds = [Fold(X[train], y[train], X[test], y[test]) for train, test in splits]
    ours = find_best(candidate.build(), candidate.grid_errors, plain.cv_results_["params"], folds)
    assert ours.place == plain.best_index_
    assert ours.error == pytest.approx(-plain.best_score_, abs=1e-6)


def test_boosting_that_stops_early_chooses_as_good_a_point():
    data, candidate = matrix(simulate(2)), CANDIDATES["xgboost"]
    X, y = data.X.to_numpy(float), data.y.to_numpy(float)
    folds = [Fold(X[train], y[train], X[test], y[test]) for train, test in split_folds(len(y), None, 3, seed=0)]
    points = [{"max_depth": 4, "learning_rate": 0.3, "n_estimators": rounds} for rounds in (50, 100, 200, 300)]
    exact, quick = (
        find_best(candidate.build(), candidate.grid_errors, points, folds, quick=each) for each in (False, True)
    )
    assert quick.error == pytest.approx(exact.error, rel=0.05)
