"""A citable release: the database and everything in it in open formats, each file following from the rows alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from sse_db.database.engine import database_path, open_engine
from sse_db.errors import WrongUsage
from sse_db.formats import check_place
from sse_db.release import attachments, bibliography, croissant, documents, optimade, package
from sse_db.release.content import Content, read_content
from sse_db.release.database import copy_database
from sse_db.release.label import Author, Label, read_author
from sse_db.release.tables import write_tables

if TYPE_CHECKING:
    import pandas as pd

DATABASE = "sse.db"


def write_release(
    engine: sa.Engine,
    folder: Path,
    training_sets: Callable[[sa.Engine], Mapping[str, pd.DataFrame]],
    *,
    reviewed_only: bool = False,
    with_attachments: bool = False,
    label: Label | None = None,
) -> list[Path]:
    """Write a release into an empty folder; returns its files. The same database and label give byte-identical files.

    ``training_sets`` reads the released database: target to its frame with frozen fold ids. With ``reviewed_only``
    publications in draft, all that hangs on them, and structures of no publication are left out. ``label`` says how to
    cite the release; ``with_attachments`` ships the files that rows name. Raises WrongUsage for a folder that is not
    empty, and UnreadableSource for attached files that are not what they were.
    """
    check_place(folder, folder=True)
    if folder.is_dir() and any(folder.iterdir()):
        raise WrongUsage(f"{folder} is not an empty folder", "choose another, or remove what is in it")
    folder.mkdir(parents=True, exist_ok=True)
    with _emptied_on_failure(folder):
        _write_files(engine, folder, training_sets, reviewed_only, with_attachments, label or Label())
    return sorted(path for path in folder.rglob("*") if path.is_file())


@contextmanager
def _emptied_on_failure(folder: Path) -> Iterator[None]:
    """Leave nothing half written: what stopped the release would otherwise stop the next attempt too."""
    try:
        yield
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _write_files(
    engine: sa.Engine,
    folder: Path,
    training_sets: Callable[[sa.Engine], Mapping[str, pd.DataFrame]],
    reviewed_only: bool,
    with_attachments: bool,
    label: Label,
) -> None:
    copy_database(engine, folder / DATABASE, reviewed_only=reviewed_only)
    released = open_engine(str(folder / DATABASE))
    try:
        content = read_content(released, training_sets(released), label)
        if with_attachments:
            attachments.ship(content, _home_of(engine), folder)
        write_tables(content, folder)
        for write in (bibliography.write, documents.write, optimade.write, package.write, croissant.write):
            write(content, folder)
    finally:
        released.dispose()
    documents.write_crate(content, folder)
    documents.write_checksums(folder)


def _home_of(engine: sa.Engine) -> Path:
    """The folder that the places of attached files start from."""
    path = database_path(engine.url)
    return path.resolve().parent if path is not None else Path.cwd()


__all__ = ["Author", "Content", "Label", "read_author", "write_release"]
