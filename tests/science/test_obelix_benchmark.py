"""The benchmark on OBELiX: every row is predicted, no DOI is on both sides, limits count by both rules."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from support.command_line import run
from support.small_obelix import write_folder
from support.tour import call

from analysis.evaluation.one_target import save_json
from analysis.evaluation.saved import compare_saved, read_evaluation
from analysis.models.kernel import Block, KernelMedian
from analysis.obelix.benchmark import (
    ALL_BY_DOI,
    BENCHMARK_PROTOCOLS,
    TEST_PART,
    TRAINING_BY_DOI,
    run_benchmark,
    split_rows,
)
from analysis.obelix.materials import build_materials
from analysis.obelix.models import LEARNERS
from analysis.obelix.reading import LIMITS, group_by_doi, read_obelix
from sse_db.errors import NotComparable


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_folder(tmp_path_factory.mktemp("obelix"))


@pytest.fixture(scope="module")
def found(folder):
    return run_benchmark(read_obelix(folder), models=("nearest-neighbour", "median"), seeds=(3, 4))


@pytest.fixture(scope="module")
def quick(folder):
    return run_benchmark(read_obelix(folder), protocols=(TEST_PART,))


def test_rows_that_name_several_papers_tie_these_together():
    groups = group_by_doi(pd.Series(["10.1/A", "10.1/b", "10.1/a|10.1/C", "10.1/c", "", ""]))
    assert groups[0] == groups[2] == groups[3]
    assert len(set(groups)) == 4


@pytest.mark.parametrize("protocol", BENCHMARK_PROTOCOLS)
def test_no_doi_is_on_both_sides_of_a_fold(folder, protocol):
    data = read_obelix(folder)
    folds = list(split_rows(data, protocol, (0, 1)))
    assert len(folds) == (1 if protocol == TEST_PART else 10)
    for _, (fitted, held_out) in folds:
        sides = [
            {doi for text in data.rows["doi"].iloc[side] for doi in text.split("|")} for side in (fitted, held_out)
        ]
        assert not sides[0] & sides[1]
        assert not set(fitted) & set(held_out)


def test_training_folds_never_touch_the_test_part(folder):
    data = read_obelix(folder)
    for _, (fitted, held_out) in split_rows(data, TRAINING_BY_DOI, (0,)):
        assert set(data.rows["part"].iloc[[*fitted, *held_out]]) == {"train"}


def test_a_limit_counts_as_1e_15_or_at_its_bound(folder):
    data = read_obelix(folder)
    limits = data.rows["is_limit"].to_numpy(bool)
    assert limits.sum() == 8
    assert set(data.target("replaced")[limits]) == {-15.0}
    assert data.target("bound")[limits] == pytest.approx(-10)
    assert data.target("bound")[~limits].tolist() == data.target("replaced")[~limits].tolist()


def test_every_row_is_predicted_once_by_every_model(found):
    assert {score.n for score in found.scores if score.protocol == TEST_PART} == {8}
    assert {score.n for score in found.scores if score.protocol == TRAINING_BY_DOI} == {24}
    assert {score.n for score in found.scores if score.protocol == ALL_BY_DOI} == {32}
    assert len(found.scores) == len(BENCHMARK_PROTOCOLS) * 2 * 2
    assert not found.predictions.duplicated(["protocol", "limits", "model", "seed", "id"]).any()
    assert np.isfinite(found.predictions["predicted"]).all()


def test_scores_can_be_recomputed_from_the_predictions(found):
    for score in found.scores:
        rows = found.predictions
        rows = rows[(rows["protocol"] == score.protocol) & (rows["limits"] == score.limits)]
        rows = rows[rows["model"] == score.model]
        errors = rows["observed"] - rows["predicted"]
        assert score.seeds == rows["seed"].nunique() == (1 if score.protocol == TEST_PART else 2)
        assert score.mae == pytest.approx(errors.abs().mean())
        assert score.mse == pytest.approx((errors**2).mean())
        assert score.r2 == pytest.approx(1 - (errors**2).mean() / rows["observed"].var(ddof=0))
        assert score.mae_low <= score.mae <= score.mae_high


def test_a_saved_benchmark_is_compared_as_an_evaluation_is_and_by_no_other_rows(found, quick, tmp_path):
    for name, content in (("both", found), ("quick", quick)):
        save_json(content.as_json(), tmp_path / f"{name}.json")
    both, short = (read_evaluation(tmp_path / f"{name}.json") for name in ("both", "quick"))
    rows = compare_saved(both, both, model="nearest-neighbour", than="median")
    assert len(rows) == len(BENCHMARK_PROTOCOLS) * len(LIMITS)
    scores = {(f"{score.protocol} limits {score.limits}", score.model): score.mae for score in found.scores}
    for row in rows:
        wanted = scores[row["protocol"], "nearest-neighbour"] - scores[row["protocol"], "median"]
        assert row["mae_difference"] == pytest.approx(wanted)
        assert row["low"] <= row["mae_difference"] <= row["high"]
    [same] = compare_saved(both, short, protocol="test part limits bound", model="median", than="median")
    assert same["mae_difference"] == 0
    with pytest.raises(NotComparable, match="other protocols"):
        compare_saved(both, short)
    refused = call(f"sse-db benchmark obelix {tmp_path} --study known-paper --save a.json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--study gives no such file as --save writes" in refused.stderr


def test_the_same_rows_give_the_same_numbers(folder, quick):
    again = run_benchmark(read_obelix(folder), protocols=(TEST_PART,), models=("chosen",))
    assert [score for score in quick.scores if score.model == "chosen"] == again.scores


def test_every_model_predicts_the_test_part(quick):
    assert {(score.model, score.limits, score.n) for score in quick.scores} == {
        (name, limits, 8) for name in LEARNERS for limits in LIMITS
    }
    assert np.isfinite(quick.predictions["predicted"]).all()


def test_rows_that_are_hard_to_read_are_named(found):
    assert len(found.remarks) == 2
    assert found.remarks[0].startswith("1x0: Li5.7PS4.7Cl1.3·xH is no formula")
    assert found.remarks[1].startswith("3x1: no structure in its CIF")


def test_the_noise_floor_is_how_far_papers_differ_about_one_composition(tmp_path):
    folder = write_folder(tmp_path / "obelix")
    damage(folder, "test", "<1E-10", "1E-12")
    data = read_obelix(folder)  # Li2O: four values of 1e-10 in one paper, four of 1e-12 in another
    floors = run_benchmark(data, protocols=(ALL_BY_DOI,), models=("median",)).noise_floors
    floor = next(each for each in floors if each["limits"] == "bound")
    assert floor["compositions"] == 1
    assert floor["samples"] == 8
    assert floor["mae"] == pytest.approx(2 / 2**0.5)


def test_the_cell_stands_in_for_a_formula_that_cannot_be_read(folder):
    data = read_obelix(folder)
    assert "cell's content" in build_materials(data).remarks[0]
    silent = dataclasses.replace(data, rows=data.rows.assign(cell_formula="?"))
    assert "symbols" in build_materials(silent).remarks[0]


def make_materials(seed):
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(90, 4))
    X[draw.random(X.shape) < 0.05] = np.nan
    return X, np.where(np.isnan(X[:, 0]), 0, 2 * X[:, 0]) + 0.1 * draw.normal(size=90), draw


KERNEL = [Block((0, 1, 2, 3), "standardised", 1.0)]


def test_kernels_find_a_planted_relation():
    X, y, _ = make_materials(0)
    predicted = KernelMedian(KERNEL).fit(X[:60], y[:60]).predict(X[60:])
    assert np.abs(predicted - y[60:]).mean() < 0.5 * np.abs(y[60:] - np.median(y[:60])).mean()


def test_kernels_find_nothing_in_a_permuted_target():
    gains = []
    for seed in range(5):
        X, y, draw = make_materials(seed)
        y = draw.permutation(y)
        predicted = KernelMedian(KERNEL).fit(X[:60], y[:60]).predict(X[60:])
        gains.append(np.abs(y[60:] - np.median(y[:60])).mean() - np.abs(predicted - y[60:]).mean())
    assert np.mean(gains) < 0.05


def test_the_command_writes_what_the_interface_promises(folder, tmp_path):
    outcome = run(tmp_path, "benchmark", "obelix", folder, "--quick", "--json", "-o", "rows.csv")
    assert outcome.returncode == 0, outcome.stderr
    results = json.loads(outcome.stdout)["results"]
    assert {row["limits"] for row in results} == {"replaced", "bound"}
    for row in results:
        assert set(row) >= {"protocol", "limits", "model", "n", "mae", "mae_low", "mae_high", "r2", "mse"}
    assert len(pd.read_csv(tmp_path / "rows.csv")) == 8 * 2 * len(LEARNERS)
    assert "1x0" in outcome.stderr


def damage(folder, part, old, new):
    path = folder / f"{part}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "test.csv").unlink(), "holds no test.csv"),
        (lambda folder: damage(folder, "train", "Reduced Composition", "Formula"), "lacks the columns Reduced Comp"),
        (lambda folder: damage(folder, "test", "<1E-10", "low"), "is no positive number"),
        (lambda folder: (folder / "all_cifs.zip").write_bytes(b"PK"), "no zip archive"),
        (lambda folder: (folder / "train.csv").write_bytes(b"\xff\xfe\x00"), "train.csv is no table"),
    ],
    ids=["a part is missing", "a column is missing", "a conductivity in words", "a broken archive", "a binary file"],
)
def test_a_foreign_folder_ends_in_one_message(tmp_path, spoil, words):
    folder = write_folder(tmp_path / "obelix")
    spoil(folder)
    outcome = run(tmp_path, "benchmark", "obelix", folder)
    assert outcome.returncode == 1
    assert words in outcome.stderr
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path):
    outcome = run(tmp_path, "benchmark", "obelix", "nowhere")
    assert outcome.returncode == 1
    assert "there is no folder nowhere" in outcome.stderr


@pytest.fixture(scope="module")
def published(shared_data):
    return read_obelix(shared_data / "obelix")


def test_the_published_rows_are_all_there(published):
    parts = published.rows["part"]
    assert (parts == "train").sum() == 478
    assert (parts == "test").sum() == 121
    assert published.rows["is_limit"].groupby(parts).sum().to_dict() == {"test": 8, "train": 29}
    assert len(published.cifs) == 321
    assert not set(published.groups[parts == "train"]) & set(published.groups[parts == "test"])


def test_baselines_on_the_published_split_agree_with_an_earlier_run(published):
    without_structures = dataclasses.replace(published, cifs={})
    found = run_benchmark(without_structures, protocols=(TEST_PART,), models=("median", "publisher-forest"))
    mae = {(score.model, score.limits): score.mae for score in found.scores}
    assert mae["median", "replaced"] == pytest.approx(2.163, abs=0.001)
    assert mae["publisher-forest", "replaced"] == pytest.approx(1.57, abs=0.1)  # a forest differs from seed to seed
    assert [score.n for score in found.scores] == [121] * 4
