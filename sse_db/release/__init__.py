"""A citable release: the database and everything in it in open formats, each file following from the rows alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from sse_db.database.engine import open_engine
from sse_db.errors import WrongUsage
from sse_db.formats import check_place
from sse_db.release import bibliography, croissant, documents, optimade, package
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
    label: Label | None = None,
) -> list[Path]:
    """Write a release into an empty folder; returns its files. The same database and label give byte-identical files.

    ``training_sets`` reads the released database: target to its frame with frozen fold ids. With ``reviewed_only``
    publications in draft, all that hangs on them, and structures of no publication are left out. ``label`` says how to
    cite the release. Raises WrongUsage for a folder that is not empty.
    """
    check_place(folder, folder=True)
    if folder.is_dir() and any(folder.iterdir()):
        raise WrongUsage(f"{folder} is not an empty folder", "choose another, or remove what is in it")
    folder.mkdir(parents=True, exist_ok=True)
    copy_database(engine, folder / DATABASE, reviewed_only=reviewed_only)
    released = open_engine(str(folder / DATABASE))
    try:
        content = read_content(released, training_sets(released), label or Label())
        write_tables(content, folder)
        for write in (bibliography.write, documents.write, optimade.write, package.write, croissant.write):
            write(content, folder)
    finally:
        released.dispose()
    documents.write_crate(content, folder)
    documents.write_checksums(folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


__all__ = ["Author", "Content", "Label", "read_author", "write_release"]
