"""What is found in simulated data of the paper's size, seed by seed: the numbers behind a test and a benchmark.

Hyperparameters are fixed beforehand (the middle of the small grid), so that nothing is tuned on the answer.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from analysis.data.targets import TARGETS
from analysis.evaluation.importance import TOP, explain_rows
from analysis.evaluation.validation import nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION, RANDOM
from analysis.models.candidates import CANDIDATES
from support.simulated import PLANTED, matrix, simulate


def evaluate_fixed(data, seed, model="xgboost", protocol=RANDOM):
    """The nested result of a candidate with its fixed parameters."""
    candidate = CANDIDATES[model]
    point = {name: [value] for name, value in candidate.fixed.items()}
    return nested_cross_validate(data, replace(candidate, grids={"small": point}), protocol, seed=seed, jobs=1)


KINDS = ("weight", "gain", "total_gain", "shap")


@cache
def evaluate_simulated(target, seed):
    """The matrix of a simulated target and its nested result."""
    data = matrix(simulate(seed), target)
    return data, evaluate_fixed(data, seed)


def rank_by_gain(data, result):
    """Mean rank of every descriptor over the outer folds, 1 for the largest gain; unused ones count as zero."""
    found = [estimator.get_booster().get_score(importance_type="gain") for estimator in result.estimators]
    gains = pd.DataFrame([[scores.get(f"f{place}", 0.0) for place in range(data.X.shape[1])] for scores in found])
    return gains.set_axis(data.X.columns, axis=1).rank(axis=1, ascending=False).mean()


def count_planted(target, seeds):
    """How many planted descriptors stand among the first seven, by kind of importance (columns) and seed."""
    rows = []
    for seed in seeds:
        data, result = evaluate_simulated(target, seed)
        planted = data.X.columns.isin(list(PLANTED[target]))
        means = {
            kind: np.mean([_importance(each, kind, data.X) for each in result.estimators], axis=0) for kind in KINDS
        }
        rows.append({kind: int(planted[np.argsort(-each, kind="stable")[:TOP]].sum()) for kind, each in means.items()})
    return pd.DataFrame(rows, index=list(seeds))


def _importance(estimator, kind, X):
    """Importance of every descriptor in one fitted model; Shapley values over all rows."""
    if kind == "shap":
        return np.abs(explain_rows(estimator, X.to_numpy(float))).mean(axis=0)
    scores = estimator.get_booster().get_score(importance_type=kind)
    return np.array([scores.get(f"f{place}", 0.0) for place in range(X.shape[1])])


def find_planted(target, seeds):
    """One row per seed: mean rank of each planted descriptor (in the columns), of all planted ones together and of the
    same where the target is permuted, and how many stand among the first seven."""
    rows = []
    for seed in seeds:
        frame = simulate(seed)
        permuted = frame.copy()
        column = TARGETS[target].column
        permuted[column] = np.random.default_rng(seed).permutation(frame[column])
        chance = matrix(permuted, target)
        ranks = rank_by_gain(*evaluate_simulated(target, seed))
        null = rank_by_gain(chance, evaluate_fixed(chance, seed))
        planted = list(PLANTED[target])
        first = [ranks.nsmallest(TOP).index.isin(planted).sum(), null.nsmallest(TOP).index.isin(planted).sum()]
        row = dict(ranks[planted]) | {"planted": ranks[planted].mean(), "null": null[planted].mean()}
        rows.append(row | {"first_seven": first[0], "first_seven_null": first[1]})
    return pd.DataFrame(rows, index=list(seeds))


def divide_by_grain_size(target, seeds):
    """R² per seed of a target and of the same divided by grain size."""
    pairs = [
        [evaluate_simulated(name, seed)[1].scores.r2 for name in (target, f"{target}-per-grain")] for seed in seeds
    ]
    return pd.DataFrame(pairs, index=list(seeds), columns=["r2", "r2_per_grain"])


def flatter(offset, seeds, model="svr-rbf"):
    """MSE per seed under random folds and folds by publication, papers shifted by offsets of that deviation (decades)."""
    rows = []
    for seed in seeds:
        data = matrix(simulate(seed, paper_offset=offset))
        rows.append([evaluate_fixed(data, seed, model, protocol).scores.mse for protocol in (RANDOM, BY_PUBLICATION)])
    return pd.DataFrame(rows, index=list(seeds), columns=["random", "by_publication"])
