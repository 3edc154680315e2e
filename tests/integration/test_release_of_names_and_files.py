"""A release carries former names, notes and the names of attached files, ships the files when asked, and brings all of
it back."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from support import homes
from support.command_line import run
from support.engines import opened
from support.intakes import make_intake, measurement, publication, sample
from support.logical_dump import exact_dump, logical_dump
from support.typed import typed

from etl.curation.attachments import attach_file
from etl.curation.publications import edit_publication
from etl.curation.samples import SampleWords, edit_sample
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from sse_db.errors import UnreadableSource
from sse_db.records.events import list_batches
from sse_db.records.pages import read_publication, read_sample
from sse_db.release import write_release

NEW_TABLES = ("sample_aliases", "publication_identifiers", "attachments")
PREPRINT, ARTICLE, DRAFT = "10.48550/arxiv.2401.01234", "10.1000/article", "10.1000/draft"


@dataclass(frozen=True)
class Desk:
    """A database in which all of that stands, and the folder with the attached files, where its curator works."""

    url: sa.URL
    folder: Path


@pytest.fixture(scope="module")
def desk(system: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Where all of that stands. Tests only read it."""
    outside = tmp_path_factory.mktemp("curator")
    folder = outside / "work"
    (folder / "files").mkdir(parents=True)
    with homes.blank(system, folder / "sse.db") as url:
        with opened(url) as engine, contextlib.chdir(folder):
            fill(engine, folder, outside)
        yield Desk(url, folder)


def fill(engine: sa.Engine, folder: Path, outside: Path) -> None:
    """Names, notes and attached files of two papers."""
    source, other = publication(PREPRINT, kind="preprint"), publication(DRAFT)
    pellet, unchecked = sample(source, "A"), sample(other, "B")
    intake = make_intake(source, other, pellet, unchecked, measurement(pellet), measurement(unchecked))
    intake.note = "Table 2"
    load_intake(engine, intake, curator="ada")
    for reference, label in (("A", "A, 900 °C"), ("B", "B, 900 °C")):
        edit_sample(engine, reference, SampleWords(typed(label=label)), curator="ada", note="as in the text")
    edit_publication(engine, PREPRINT, typed(doi=ARTICLE), curator="ada", note="published")
    edit_publication(engine, ARTICLE, typed(review_state="reviewed"), curator="eve", note="every value")
    for place, owner, reference in (
        (folder / "files" / "paper.pdf", "publication", ARTICLE),
        (folder / "files" / "Fig 3.PNG", "sample", "A"),
        (folder / "files" / "Fig 3.PNG", "sample", "B"),
        (outside / "spectrum.mpt", "measurement", "1"),
        (folder / "files" / "draft.bin", "publication", DRAFT),
    ):
        place.write_bytes(place.name.encode())
        attach_file(engine, place, owner, reference, curator="ada", description=f"shows {reference}", note="why")


@pytest.fixture
def lived(desk: Desk) -> Iterator[sa.Engine]:
    """That database."""
    with opened(desk.url) as engine:
        yield engine


def release(desk: Desk, folder: Path, **options: bool) -> Path:
    with opened(desk.url) as engine, contextlib.chdir(desk.folder):
        write_release(engine, folder, lambda _: {}, **options)
    return folder


@pytest.fixture(scope="module")
def named(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that names attached files. Tests only read it."""
    return release(desk, tmp_path_factory.mktemp("named") / "out")


@pytest.fixture(scope="module")
def shipped(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that ships them. Tests only read it."""
    return release(desk, tmp_path_factory.mktemp("shipped") / "out", with_attachments=True)


def attached(folder: Path) -> list[str]:
    place = folder / "attachments"
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_names_notes_and_attachments_come_back_as_they_were(lived: sa.Engine, engine: sa.Engine, named: Path) -> None:
    assert attached(named) == []
    report = load_file(engine, named, curator="zoe")
    assert exact_dump(engine) == exact_dump(lived)
    assert all(exact_dump(engine)[table] for table in NEW_TABLES)
    notes = [batch["note"] for batch in list_batches(engine)]
    assert notes == [*(batch["note"] for batch in list_batches(lived)), None]
    assert load_file(engine, named, curator="zoe").id is None
    assert report.id is not None
    undo_batch(engine, report.id, curator="zoe")
    assert not any(exact_dump(engine).values())


def test_former_names_lead_to_what_a_release_brought(engine: sa.Engine, named: Path) -> None:
    load_file(engine, named, curator="zoe")
    page = read_sample(engine, "A")
    assert page["sample"]["label"] == "A, 900 °C"
    assert [row["place"] for row in page["attachments"]] == ["files/Fig 3.PNG", "../spectrum.mpt"]
    assert read_publication(engine, PREPRINT)["publication"]["doi"] == ARTICLE


def test_into_a_filled_database_they_come_under_new_numbers(lived: sa.Engine, engine: sa.Engine, named: Path) -> None:
    own = publication("10.1000/own")
    load_intake(engine, make_intake(own, sample(own, "A")), curator="kim")
    before = logical_dump(engine)
    load_file(engine, named, curator="zoe")
    for table, rows in logical_dump(lived).items():
        assert sorted(logical_dump(engine)[table], key=repr) == sorted([*before[table], *rows], key=repr), table


def test_a_release_of_reviewed_publications_leaves_the_names_and_files_of_others_out(
    desk: Desk, tmp_path: Path
) -> None:
    folder = release(desk, tmp_path / "out", reviewed_only=True, with_attachments=True)
    assert [name for name, data in contents(folder).items() if b"draft.bin" in data or b"B, 900" in data] == []
    assert len(attached(folder)) == 3


def test_attached_files_are_shipped_when_asked_and_listed_like_all_others(
    desk: Desk, lived: sa.Engine, engine: sa.Engine, shipped: Path, tmp_path: Path
) -> None:
    elsewhere, *inside = attached(shipped)
    assert inside == ["files/Fig 3.PNG", "files/draft.bin", "files/paper.pdf"]
    assert elsewhere.startswith("elsewhere/")
    assert elsewhere.endswith("/spectrum.mpt")
    assert (shipped / "attachments" / "files" / "paper.pdf").read_bytes() == b"paper.pdf"
    for name in ("SHA256SUMS", "ro-crate-metadata.json"):
        assert "attachments/files/paper.pdf" in (shipped / name).read_text(encoding="utf-8")
    assert "attachments/ are not ours" in (shipped / "LICENSE").read_text(encoding="utf-8")
    load_file(engine, shipped, curator="zoe")
    assert exact_dump(engine) == exact_dump(lived)
    again = release(desk, tmp_path / "again", with_attachments=True)
    assert contents(again) == contents(shipped)


def test_a_shipped_file_that_is_not_as_released_refuses_the_release(
    engine: sa.Engine, shipped: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(shipped, tmp_path / "out"))
    (folder / "attachments" / "files" / "paper.pdf").write_bytes(b"another")
    done = run(tmp_path, "--db", engine.url.render_as_string(), "import", folder)
    assert done.returncode == 1
    assert "attachments/files/paper.pdf is not the file that was released" in done.stdout


@pytest.mark.parametrize("what", ["missing", "changed"])
def test_what_is_missing_or_changed_cannot_be_shipped_and_nothing_is_left_behind(
    what: str, desk: Desk, tmp_path: Path
) -> None:
    place = desk.folder / "files" / "paper.pdf"
    before = place.read_bytes()
    try:
        place.unlink() if what == "missing" else place.write_bytes(b"new bytes")
        with pytest.raises(UnreadableSource, match=f"files/paper.pdf is {what}") as refused:
            release(desk, tmp_path / "out", with_attachments=True)
    finally:
        place.write_bytes(before)
    assert "--with-attachments" in refused.value.hint
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_says_what_it_ships(desk: Desk, tmp_path: Path) -> None:
    export = ("--db", desk.url.render_as_string(), "export", "release")
    named = run(desk.folder, *export, tmp_path / "named")
    assert "4 attached files named, not shipped" in named.stderr
    shipped = run(desk.folder, *export, tmp_path / "shipped", "--with-attachments")
    assert "with 4 attached files" in shipped.stderr
