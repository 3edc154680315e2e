"""The wheel works from an empty folder, with nothing of the checkout beside it."""

import os
import subprocess
import sys
import zipfile

import pytest
from support import seed_counts


@pytest.fixture(scope="module")
def installed(tmp_path_factory, root):
    """A folder with the wheel's content alone; dependencies come from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed, folder, *words):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    code = "import sys; from sse_db.cli.app import main; sys.argv[0] = 'sse-db'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("no_home")
def test_the_wheel_makes_a_database_and_imports_its_own_seed(installed, tmp_path):
    where = subprocess.run(
        [sys.executable, "-c", "import sse_db, etl, analysis; print(sse_db.__file__, etl.__file__, analysis.__file__)"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert all(path.startswith(str(installed)) for path in where.stdout.split())
    assert run(installed, tmp_path, "init").returncode == 0
    imported = run(installed, tmp_path, "import", installed / "sse_db" / "_seed_data")
    assert imported.returncode == 0, imported.stderr
    counted = run(installed, tmp_path, "query", "SELECT count(*) AS n FROM samples", "-f", "csv")
    assert counted.stdout.splitlines()[1] == str(seed_counts.SAMPLES)
    assert run(installed, tmp_path, "migrate", "check").returncode == 0


def test_the_wheel_holds_types_views_and_licences(installed):
    for name in ("sse_db/py.typed", "etl/py.typed", "analysis/py.typed", "sse_db/views/descriptors.sql",
                 "analysis/report/templates/report.html", "sse_db/browse/static/structure.js",
                 "sse_db/browse/templates/index.html", "sse_db/_migrations/env.py", "sse_db/_seed_data/LICENSE"):  # fmt: skip
        assert (installed / name).is_file(), name
