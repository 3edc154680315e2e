"""What all tests share: a fixed hypothesis profile and the optional folder of third-party data."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from support import homes, postgres
from support.both_systems import Watch
from support.connections import collect_forgotten, track_connections
from support.fresh_files import blank_path, copying_new_files

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Workers of pytest-xdist are processes, about one per core: threads of numerics inside of them would only wait for each other.
# Set before a test imports numpy; processes that tests start inherit it.
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

track_connections()  # before anything opens one

ROOT = Path(__file__).parents[1]

LONGEST_FIRST = (
    "test_report_page.py", "test_pages.py", "test_benchmarks.py", "test_cluster.py", "test_mutated_files.py", "test_browsing.py", "test_accessibility.py",
    "test_release.py", "test_obelix.py", "test_release_round_trip.py", "test_recipes.py", "test_readme.py", "test_notebook.py", "test_command_line.py",
    "test_release_of_names_and_files.py", "test_release_label.py", "test_model_files.py", "test_predicting.py", "test_monsters.py", "test_undo.py",
    "test_suggestions.py", "test_spectra.py", "test_own_estimators.py", "test_validation.py", "test_li_environment.py", "test_many_curators.py",
    "test_clusters.py", "test_wheel.py", "test_known_answers.py",
)  # fmt: skip
"""Files that take longest. They start first, so that all workers end at about the same time, on many short files."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of the one PostgreSQL server of this run, for the workers, too; watch what tests open."""
    config.pluginmanager.register(Watch())
    if postgres.FOLDER not in os.environ:
        folder = tempfile.mkdtemp(prefix="sse-db-tests-")
        os.environ[postgres.FOLDER] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before the others; within a file nothing changes."""
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


@pytest.fixture(scope="module", autouse=True)
def _forgotten_connections() -> Iterator[None]:
    """A file that leaves connections open is told itself, not the one that runs after it."""
    yield
    collect_forgotten()


@pytest.fixture(scope="module", autouse=True)
def _new_files(request: pytest.FixtureRequest) -> Iterator[None]:
    """New files are copies, but for the tests of migrations."""
    with nullcontext() if request.path.parent.name == "migrations" else copying_new_files():
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data sets, which are never part of the repository."""
    folder = Path(os.environ.get("SSE_DB_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"third-party data are not here: {folder.name} folder missing, see SSE_DB_SHARED_DATA")
    return folder


@pytest.fixture(scope="session")
def blank_database() -> Path:
    """A migrated file without rows, to be copied."""
    return blank_path()


@pytest.fixture(scope="module", params=homes.SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    """Each database system in turn: every test of a fixture below runs on both, one system after the other in a file."""
    return str(request.param)


@pytest.fixture
def make_url(system: str, tmp_path: Path) -> Iterator[Callable[[], sa.URL]]:
    """A function that makes one more fresh, migrated database without rows."""
    with ExitStack() as made:
        numbers = itertools.count()
        yield lambda: made.enter_context(homes.blank(system, tmp_path / f"{next(numbers)}.db"))


@pytest.fixture
def home(make_url: Callable[[], sa.URL], monkeypatch: pytest.MonkeyPatch) -> sa.URL:
    """A fresh, migrated database without rows, which commands take where no other is named."""
    url = make_url()
    monkeypatch.setenv("SSE_DB_URL", url.render_as_string())
    return url


@pytest.fixture
def no_home(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.URL]:
    """The address of a database that is not there yet, which commands take where no other is named."""
    with homes.missing(system, tmp_path / "sse.db") as url:
        monkeypatch.setenv("SSE_DB_URL", url.render_as_string())
        yield url


@pytest.fixture
def seeded_home(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.URL]:
    """A database with the whole seed, to be written to, which commands take where no other is named."""
    with homes.seeded(system, tmp_path / "sse.db") as url:
        monkeypatch.setenv("SSE_DB_URL", url.render_as_string())
        yield url


@pytest.fixture
def make_bare_url(system: str, tmp_path: Path) -> Iterator[Callable[[], sa.URL]]:
    """A function that makes one more database with nothing in it."""
    with ExitStack() as made:
        numbers = itertools.count()
        yield lambda: made.enter_context(homes.bare(system, tmp_path / f"bare_{next(numbers)}.db"))


@pytest.fixture(scope="module")
def seed_url(system: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with the whole seed, for a whole file; never written to."""
    with homes.seeded(system, tmp_path_factory.mktemp("seed") / "sse.db") as url:
        yield url.render_as_string()


@pytest.fixture(scope="module")
def blank_url(system: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.URL]:
    """A fresh, migrated database for a whole file."""
    with homes.blank(system, tmp_path_factory.mktemp("blank") / "sse.db") as url:
        yield url


@pytest.fixture
def seed_home(seed_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the whole seed, never written to, which commands take where no other is named."""
    monkeypatch.setenv("SSE_DB_URL", seed_url)
    return seed_url


@pytest.fixture
def make_engine(make_url: Callable[[], sa.URL]) -> Iterator[Callable[[], sa.Engine]]:
    """A function that opens one more fresh, migrated database without rows."""
    from sse_db.database.engine import open_engine

    opened: list[sa.Engine] = []

    def make() -> sa.Engine:
        opened.append(open_engine(make_url()))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()


@pytest.fixture
def engine(make_engine: Callable[[], sa.Engine]) -> sa.Engine:
    """A fresh, migrated database without rows."""
    return make_engine()
