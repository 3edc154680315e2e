"""The page on clusters runs as it is written: its scheduler, its workers, and every command and piece of Python."""

import re
import shlex
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from support.dask_cluster import wait_for
from support.tour import call, expected_code, read_steps

PROGRAMS = Path(sys.executable).parent


@contextmanager
def started(command, log):
    """A program of the page, until the page ends."""
    program, *words = shlex.split(command)
    with log.open("wb") as stream:
        process = subprocess.Popen([PROGRAMS / program, *words], stdout=stream, stderr=stream, cwd=log.parent)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


@pytest.fixture
def page(root, tmp_path, monkeypatch):
    """The text of the page, its cluster started and its folder entered."""
    text = (
        (root / "docs" / "clusters.md")
        .read_text(encoding="utf-8")
        .replace("127.0.0.1:8786", f"127.0.0.1:{free_port()}")
    )
    port = re.search(r"tcp://127.0.0.1:(\d+)", text)[1]
    [block] = re.findall(r"^```bash\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    scheduler, worker = block.replace("--port 8786", f"--port {port}").splitlines()
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    shutil.copytree(root / "seed_data", tmp_path / "seed_data")
    monkeypatch.chdir(tmp_path)
    with ExitStack() as running:
        running.enter_context(started(scheduler, tmp_path / "scheduler.log"))
        running.enter_context(started(worker, tmp_path / "worker.log"))
        wait_for(lambda: (tmp_path / "scheduler.log").read_text().count("Starting worker compute stream") == 2)
        yield text


def test_the_page_on_clusters_runs_from_top_to_bottom(page, tmp_path):
    names = {"__name__": "clusters"}
    for step in read_steps(page):
        if step.kind == "python":
            exec(compile(step.text, "clusters.md", "exec"), names)
            continue
        outcome = call(step.text)
        assert outcome.returncode == expected_code(step.text), (step.text, outcome.stderr)
        for line in step.shown:
            assert line in outcome.stdout + outcome.stderr, step.text
    assert (tmp_path / "boosting.json").stat().st_size > 1000
