"""A run made of units: killed at any moment it goes on where it was, and the numbers are those of a run in one go."""

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from support.simulated import matrix, simulate

from analysis.evaluation.runs import FULL_EVALUATION, EvaluationPlan, plan_units, run_units
from analysis.evaluation.scores import score
from analysis.evaluation.unit_cache import UnitCache
from analysis.folds.protocols import (
    BY_PUBLICATION,
    BY_STRUCTURE_CLASS,
    LEAVE_ONE_PUBLICATION_OUT,
    PROTOCOLS,
    RANDOM,
)
from sse_db.cli.choices import ProtocolName

QUICKLY_DONE = ("lasso", "median", "nearest-neighbour")
MANY = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from test_runs import plan_light
from analysis.evaluation.unit_cache import UnitCache
from analysis.evaluation.runs import run_units
data, units = plan_light(seeds=500)
run_units({{"bulk": data}}, units, unit_cache=UnitCache(Path({folder!r})), jobs=1)
"""


def plan_light(seeds):
    data = matrix(simulate(3))
    units, _ = plan_units(data, EvaluationPlan(protocols=(RANDOM,), seeds=seeds))
    return data, [unit for unit in units if unit.model in QUICKLY_DONE]


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_killed_run_goes_on_where_it_was_and_gives_the_same_numbers(root, tmp_path):
    paths = [str(root), str(root / "tests"), str(root / "tests" / "science")]
    script = MANY.format(paths=paths, folder=str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stderr=subprocess.PIPE)
    wait_for(lambda: len(list(tmp_path.glob("*.json"))) >= 4 or process.poll() is not None)
    process.kill()
    assert process.wait() == -9, process.stderr.read()
    process.stderr.close()
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.json")}
    data, units = plan_light(seeds=4)
    done = []
    resumed = run_units(
        {"bulk": data}, units, unit_cache=UnitCache(tmp_path), jobs=1, tell=lambda *told: done.append(told[0])
    )
    assert 4 <= len(units) - len(done) <= len(kept)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert not list(tmp_path.glob("*.draft"))
    for ours, anew in zip(resumed, run_units({"bulk": data}, units, jobs=1), strict=True):
        assert ours.unit == anew.unit
        assert ours.result.predictions.equals(anew.result.predictions)
        assert ours.result.scores == anew.result.scores
        assert ours.result.chosen == anew.result.chosen


def test_damaged_units_and_those_of_other_data_are_computed_anew(tmp_path):
    data, units = plan_light(seeds=1)
    unit_cache, told = UnitCache(tmp_path), []
    run_units({"bulk": data}, units, unit_cache=unit_cache, jobs=1)
    files = sorted(tmp_path.glob("*.json"))
    files[0].write_text(files[0].read_text(encoding="utf-8")[:100], encoding="utf-8")
    run_units({"bulk": data}, units, unit_cache=unit_cache, jobs=1, tell=lambda *now: told.append(now))
    assert [done for done, _total, _left in told] == [len(units)]
    other = replace(data, y=data.y + 1)
    run_units({"bulk": other}, units, unit_cache=unit_cache, jobs=1, tell=lambda *now: told.append(now))
    assert len(told) == 1 + len(units)
    assert not set(files) & set(tmp_path.glob("*.json"))


def test_the_time_that_is_left_is_told_as_soon_as_every_kind_of_unit_was_measured():
    data, units = plan_light(seeds=3)
    told = []
    run_units({"bulk": data}, units, jobs=1, tell=lambda *now: told.append(now))
    assert [done for done, _total, _left in told] == list(range(1, len(units) + 1))
    assert [left is None for _done, _total, left in told[:3]] == [True, True, False]
    assert told[-1][2] == 0


def test_importances_of_kept_units_come_back_as_they_were(tmp_path):
    data = matrix(simulate(4))
    units = [unit for unit in plan_units(data, EvaluationPlan(protocols=(RANDOM,)))[0] if unit.model == "xgboost"]
    first, second = (run_units({"bulk": data}, units, unit_cache=UnitCache(tmp_path), jobs=1)[0] for _ in range(2))
    assert len(first.importances) == 4 * 5 * 17
    assert first.importances.equals(second.importances)


def test_seeds_are_repeated_only_where_they_make_other_folds():
    units, sentences = plan_units(matrix(simulate(5)), FULL_EVALUATION)
    seeds = {protocol: len({unit.seed for unit in units if unit.protocol == protocol}) for protocol in PROTOCOLS}
    assert sentences == []
    assert seeds[BY_STRUCTURE_CLASS] == seeds[LEAVE_ONE_PUBLICATION_OUT] == 1
    assert {seeds[p] for p in PROTOCOLS if p not in (BY_STRUCTURE_CLASS, LEAVE_ONE_PUBLICATION_OUT)} == {10}


def test_a_protocol_with_too_few_groups_is_named_and_left_out():
    frame = simulate(6)
    frame["structure_class"] = np.where(frame["publication_id"] < 9, "garnet", "NASICON")
    units, sentences = plan_units(matrix(frame), EvaluationPlan(protocols=tuple(PROTOCOLS)))
    assert sentences == ["target bulk, folds by structure class: 2 of the 3 groups wanted"]
    assert {unit.protocol for unit in units} == set(PROTOCOLS) - {BY_STRUCTURE_CLASS}


def test_scores_over_seeds_are_means_with_their_spread():
    random = np.random.default_rng(0)
    observed, groups = random.normal(size=40), np.repeat(np.arange(8), 5)
    predicted = observed + random.normal(0, 0.3, size=(3, 40))
    each = [score(observed, row, groups) for row in predicted]
    together = score(observed, predicted, groups)
    for name in ("r2", "mse", "mae"):
        values = [getattr(one, name) for one in each]
        assert getattr(together, name) == pytest.approx(np.mean(values))
        assert getattr(together, f"{name}_spread") == pytest.approx(np.std(values, ddof=1))
        assert getattr(each[0], f"{name}_spread") is None
    assert together.mae_low < together.mae < together.mae_high
    assert score(observed, np.repeat(predicted[:1], 3, axis=0), groups).mae_low == pytest.approx(each[0].mae_low)


def test_the_command_line_knows_every_protocol():
    assert {each.value.replace("-", " ") for each in ProtocolName} == {*PROTOCOLS, "known paper", "all"}
    assert BY_PUBLICATION in PROTOCOLS
