"""Work shared out to a Dask cluster of separate processes gives what this machine alone gives, whoever is killed."""

import os
import signal
import socketserver
import sys
import threading
import time
import zipfile

import cloudpickle
import numpy as np
import pandas as pd
import pytest
import xgboost
from support.command_line import run
from support.dask_cluster import OTHER_CODE, WITHOUT_SSE_DB, find_processes, start_cluster, start_worker, wait_for
from support.seeded import copy_seed
from support.simulated import matrix, simulate
from support.small_obelix import write_folder

from analysis.evaluation.runs import EvaluationPlan, plan_units, run_units
from analysis.evaluation.unit_cache import UnitCache
from analysis.folds.protocols import RANDOM
from sse_db import cluster as cluster_module
from sse_db.cluster import connect, find_cluster
from sse_db.errors import ClusterFailed, ClusterUnusable, UnreadableSource, UnusableModel, WrongUsage
from sse_db.modelling import fit_boosting

pytestmark = pytest.mark.one_system("workers and schedulers; they are sent what was read, whatever it was read from")


@pytest.fixture(scope="module")
def cluster():
    with start_cluster() as started:
        yield started


@pytest.fixture
def address(cluster):
    return cluster.scheduler_address


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(cluster_module, "CONNECT_S", 0.5)


cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers do not have this file


def plan_few():
    data = matrix(simulate(3, samples=48))
    units, _ = plan_units(data, EvaluationPlan(protocols=(RANDOM,), seeds=2, models=("lasso",)))
    return {"bulk": data}, units


def note_and_square(number, log):
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{number}\n")
    time.sleep(0.1)
    return number * number


def refuse(number):
    raise UnusableModel(f"number {number} cannot be used", "take another")


def end_the_process():
    os.kill(os.getpid(), signal.SIGKILL)


def test_serial_two_processes_and_a_cluster_give_identical_scores_choices_and_files(address, tmp_path):
    def compute(name, jobs=None):
        found = run_units(matrices, units, unit_cache=UnitCache(tmp_path / name), jobs=jobs)
        return [(each.unit, each.result.scores, each.result.chosen, each.result.predictions.to_csv()) for each in found]

    matrices, units = plan_few()
    serial, processes = compute("serial", jobs=1), compute("processes", jobs=2)
    with connect(address):
        shared = compute("cluster")
    assert serial == processes == shared
    kept = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("serial", "processes", "cluster")]
    assert kept[0] == kept[1] == kept[2]
    assert len(kept[0]) == len(units)


def test_a_worker_killed_in_the_middle_changes_no_number(address, tmp_path):
    def kill_one(done, _total, _left):
        if done == 2:
            os.kill(find_processes(address)[0], signal.SIGKILL)

    matrices, units = plan_few()
    with connect(address):
        shared = run_units(matrices, units, unit_cache=UnitCache(tmp_path), tell=kill_one)
    for ours, alone in zip(shared, run_units(matrices, units, jobs=1), strict=True):
        assert ours.result.scores == alone.result.scores
        assert ours.result.chosen == alone.result.chosen
        assert ours.result.predictions.equals(alone.result.predictions)
    assert len(list(tmp_path.glob("*.json"))) == len(units)


def test_a_killed_worker_costs_its_tasks_and_no_others(address, tmp_path):
    log, numbers = tmp_path / "log", range(24)
    results = {}
    with connect(address) as shared:
        for place, result in shared.run(note_and_square, [(number, log) for number in numbers]):
            results[place] = result
            if len(results) == 6:
                os.kill(find_processes(address)[0], signal.SIGKILL)
    assert results == {number: number * number for number in numbers}
    # what it was at, and what it had finished and not yet handed over
    assert len(numbers) <= len(log.read_text(encoding="utf-8").split()) <= len(numbers) + 2


def test_results_come_in_order_where_order_is_asked_for(address, tmp_path):
    with connect(address) as shared:
        assert list(shared.map(abs, [-3, 2, -1, 5, -4], at_once=2)) == [3, 2, 1, 5, 4]
    assert find_cluster() is None


def test_an_error_of_a_task_is_the_error_of_the_command(address):
    with connect(address) as shared, pytest.raises(UnusableModel, match="number 7 cannot be used") as refused:
        list(shared.run(refuse, [(7,)]))
    assert refused.value.hint == "take another"


def test_evaluate_on_a_cluster_writes_what_it_writes_alone(address, tmp_path):
    copy_seed(tmp_path)
    words = ["evaluate", "--target", "grain-boundary-observed", "--model", "lasso", "--protocol", "random", "--json"]
    alone, shared = run(tmp_path, *words, "--jobs", 1), run(tmp_path, *words, "--scheduler", address)
    assert (shared.returncode, shared.stderr) == (0, alone.stderr)
    assert shared.stdout == alone.stdout


def test_the_benchmark_on_a_cluster_gives_the_same_scores(address, tmp_path):
    folder = write_folder(tmp_path / "obelix")
    words = ["benchmark", "obelix", folder, "--quick", "--json"]
    alone, shared = run(tmp_path, *words), run(tmp_path, *words, "--scheduler", address)
    assert (shared.returncode, shared.stdout) == (0, alone.stdout)


def test_validation_of_many_files_tells_the_same_problems_in_the_same_order(address, root, tmp_path):
    archive = write_archive(root, tmp_path)
    words = ["validate", root / "tests" / "data" / "desk", archive, "--json"]
    alone, shared = run(tmp_path, *words), run(tmp_path, *words, "--scheduler", address)
    assert alone.returncode == 1
    assert shared == alone


def test_an_archive_of_structures_is_read_by_workers(address, root, tmp_path):
    archive = write_archive(root, tmp_path)
    told = []
    for name, words in (("alone.db", ()), ("shared.db", ("--scheduler", address))):
        assert run(tmp_path, "--db", name, "init").returncode == 0
        imported = run(tmp_path, "--db", name, "import", archive, *words)
        rows = run(tmp_path, "--db", name, "query", "SELECT * FROM structural_records", "--format", "json")
        told.append((imported, rows))
    assert told[0] == told[1]
    sheet = root / "seed_data" / "literature" / "perovskite.csv"
    refused = run(tmp_path, "--db", "shared.db", "import", sheet, "--scheduler", address)
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (
        2,
        "sse-db: --scheduler shares out archives of structures (.zip), and there is none",
    )


def write_archive(root, folder):
    archive = folder / "structures.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for path in sorted((root / "seed_data" / "structures").glob("*.cif"))[:30]:
            opened.write(path, path.name)
        opened.writestr("broken.cif", "data_x\n_cell_length_a 5\n")
    return archive


@pytest.mark.parametrize(
    "address",
    ["nonsense", "tcp://", "tcp://host", "tcp://host:99999", "http://host:8786", "tcp://a b:1", "localhost:8786"],
)
def test_what_is_no_address_is_told_in_one_line(address, tmp_path):
    copy_seed(tmp_path)
    for words in (["evaluate", "--target", "total"], ["report"], ["validate", "sse.db"]):
        told = run(tmp_path, *words, "--scheduler", address)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr.splitlines()[0] == f"sse-db: {address} is no address of a Dask scheduler"


def test_a_scheduler_that_does_not_answer_ends_the_command(impatient, tmp_path):
    copy_seed(tmp_path)
    told = run(tmp_path, "evaluate", "--target", "total", "--scheduler", "tcp://127.0.0.1:1")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.splitlines() == [
        "sse-db: no Dask scheduler answers at tcp://127.0.0.1:1 within 0.5 seconds",
        "hint: one is started by: dask scheduler; it prints its address",
    ]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" * 9, "is no Dask scheduler of this version"),
        (b"", "within 0.5 s"),
    ],
    ids=["web server", "silence"],
)
def test_what_is_no_scheduler_is_told_from_one(answer, message, impatient):
    class Answer(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(answer)
            self.request.recv(1) and time.sleep(0.6)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(ClusterUnusable, match=message), connect(f"tcp://127.0.0.1:{server.server_address[1]}"):
            pass
        server.shutdown()


def test_the_address_of_a_worker_is_told_from_a_scheduler(cluster):
    [worker, *_] = cluster.scheduler.workers
    with pytest.raises(ClusterUnusable, match="is a worker, no scheduler"), connect(worker):
        pass


def test_dask_that_is_not_installed_is_named_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUsage, match="Dask is not installed") as refused, connect("local"):
        pass
    assert refused.value.hint == "pip install 'sse-db[cluster]', or leave --scheduler out"


def test_processes_of_this_machine_are_not_counted_for_a_scheduler_elsewhere(address, tmp_path):
    copy_seed(tmp_path)
    told = run(tmp_path, "evaluate", "--target", "total", "--jobs", 2, "--scheduler", address)
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        2,
        "sse-db: --jobs counts processes of this machine, a scheduler has workers of its own",
    )


@pytest.mark.parametrize("words", [["--limits"], ["--protocol", "known-paper"]], ids=["limits", "known paper"])
def test_a_study_that_is_not_shared_out_refuses_a_scheduler(words, address, tmp_path):
    copy_seed(tmp_path)
    told = run(tmp_path, "evaluate", "--target", "total", *words, "--scheduler", address)
    assert told.returncode == 2
    assert "not shared out" in told.stderr


@pytest.fixture(scope="module")
def idle():
    """A scheduler without workers."""
    with start_cluster(workers=0) as started:
        yield started


def test_a_scheduler_without_workers_is_refused(idle, impatient):
    with pytest.raises(ClusterUnusable, match="has no worker"), connect(idle.scheduler_address):
        pass


@pytest.mark.parametrize(
    ("worker", "reason"),
    [
        ({"before": WITHOUT_SSE_DB}, "cannot load sse-db"),
        ({"before": OTHER_CODE}, "has sse-db another ha and not"),
        ({"threads": 2}, "has 2 threads"),
    ],
    ids=["without sse-db", "other code", "two threads"],
)
def test_workers_that_cannot_give_the_same_numbers_are_refused(worker, reason, idle):
    with start_worker(idle.scheduler_address, **worker):
        wait_for(lambda: len(idle.scheduler.workers) == 1)
        with pytest.raises(ClusterUnusable, match=reason), connect(idle.scheduler_address):
            pass
    wait_for(lambda: not idle.scheduler.workers)


def test_a_scheduler_of_another_version_is_refused(address, monkeypatch):
    known = cluster_module.version
    monkeypatch.setattr(cluster_module, "version", lambda name: "2020.1" if name == "distributed" else known(name))
    with pytest.raises(ClusterUnusable, match=r"has distributed .*, here is 2020\.1"), connect(address):
        pass


def test_workers_that_are_all_lost_end_the_run_in_one_line(idle, monkeypatch):
    monkeypatch.setattr(cluster_module, "POLL_S", 0.1)
    monkeypatch.setattr(cluster_module, "LOST_S", 0.3)
    with start_worker(idle.scheduler_address) as worker:
        wait_for(lambda: len(idle.scheduler.workers) == 1)
        with connect(idle.scheduler_address) as shared, pytest.raises(ClusterFailed, match="no worker is left"):
            list(shared.run(end_the_process, [()]))
        assert worker.wait() == -signal.SIGKILL


def test_a_scheduler_that_is_lost_ends_the_run_in_one_line(monkeypatch):
    def compute(shared, started):
        for place, _ in shared.run(time.sleep, [(0.2,)] * 20):
            if place == 1:
                started.close()

    monkeypatch.setattr(cluster_module, "CONNECT_S", 2)
    with start_cluster(workers=0) as started, start_worker(started.scheduler_address):
        wait_for(lambda: len(started.scheduler.workers) == 1)
        with connect(started.scheduler_address) as shared, pytest.raises(ClusterFailed, match="went away"):
            compute(shared, started)


@pytest.fixture
def parts(tmp_path):
    """A matrix in Parquet files, with a target that its descriptors tell but for some noise."""
    paths = []
    for number in range(4):
        random = np.random.default_rng(number)
        X = pd.DataFrame(random.normal(size=(500, 3)), columns=["li_ratio", "density", "volume"])
        paths.append(tmp_path / f"part{number}.parquet")
        X.assign(y=X["li_ratio"] - 2 * X["density"] + random.normal(0, 0.1, 500)).to_parquet(paths[-1])
    return paths


def test_boosting_on_workers_errs_as_boosting_alone(address, parts):
    def root_mean_square(booster):
        return float(np.sqrt(np.mean((booster.predict(xgboost.DMatrix(test.drop(columns="y"))) - test["y"]) ** 2)))

    *training, held_out = parts
    test, together = pd.read_parquet(held_out), pd.concat(map(pd.read_parquet, training))
    with connect(address):
        shared = fit_boosting(training, "y", rounds=30)
    data = xgboost.QuantileDMatrix(together.drop(columns="y"), together["y"])
    alone = xgboost.train({"tree_method": "hist", "verbosity": 0}, data, num_boost_round=30)
    assert root_mean_square(alone) < 0.5
    assert root_mean_square(shared) == pytest.approx(root_mean_square(alone), rel=0.1)


def test_what_cannot_be_trained_on_is_told_in_one_line(address, parts, tmp_path):
    with pytest.raises(WrongUsage, match="there is no cluster to train on"):
        fit_boosting(parts, "y")
    (tmp_path / "text.parquet").write_text("no table", encoding="utf-8")
    other = tmp_path / "other.parquet"
    pd.read_parquet(parts[0]).assign(formula="Li3N").to_parquet(other)
    wrong = [
        ([], "y", WrongUsage, "there is no file"),
        (parts, "z", WrongUsage, "there is no column z"),
        ([tmp_path / "text.parquet"], "y", UnreadableSource, "is no Parquet file"),
        ([tmp_path / "missing.parquet"], "y", UnreadableSource, "is no Parquet file"),
        ([*parts, other], "y", WrongUsage, "has other columns than"),
        ([other], "y", WrongUsage, "formula is no column of numbers"),
    ]
    with connect(address):
        for files, target, error, message in wrong:
            with pytest.raises(error, match=message):
                fit_boosting(files, target)
