"""A release folder on its way back into a database: checked against its checksums, then read row by row."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath

from etl.drafts import Intake
from etl.files import CHECKSUMS
from etl.loading.release_history import read_past
from etl.loading.stored_drafts import collect_intake
from etl.options import ReadOptions
from etl.problems import Findings
from sse_db.database.engine import open_engine
from sse_db.errors import SchemaDrift, UnreadableSource

PACKAGE, DATABASE = "datapackage.json", "sse.db"


def is_release(path: Path) -> bool:
    """Whether a folder is a release."""
    return (path / PACKAGE).is_file()


def find_releases(folder: Path) -> list[Path]:
    """The release folders at and below a folder."""
    return [package.parent for package in sorted(folder.rglob(PACKAGE)) if is_release(package.parent)]


def read_release(path: Path, intake: Intake, findings: Findings, _options: ReadOptions) -> None:
    """Add every row of a release to an intake, with its past; every file that is not as released is a problem.

    Raises UnreadableSource for a folder that is no release, and for a database that this version cannot read.
    """
    for name in (PACKAGE, CHECKSUMS, DATABASE):
        if not (path / name).is_file():
            raise UnreadableSource(f"{path.name} is no whole release: it has no {name}", "give the folder of a release")
    for name, digest in _read_checksums(path).items():
        _check_file(path / name, name, digest, findings)
    if findings.errors:
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / DATABASE
        shutil.copyfile(path / DATABASE, copy)
        found = _read_rows(copy)
    intake.drafts, intake.past = found.drafts, found.past


def _read_checksums(path: Path) -> dict[str, str]:
    """Names of files to their SHA-256; raises UnreadableSource for names that lead out of the folder."""
    found = {}
    for line in (path / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        place = PurePosixPath(name)
        if not name or place.is_absolute() or ".." in place.parts:
            raise UnreadableSource(f"{CHECKSUMS} is damaged: {line[:80]!r}", "take the release from its source again")
        found[name] = digest
    missing = {PACKAGE, DATABASE} - found.keys()
    if missing:
        raise UnreadableSource(f"{CHECKSUMS} does not name {', '.join(sorted(missing))}")
    return found


def _check_file(file: Path, name: str, digest: str, findings: Findings) -> None:
    if not file.is_file():
        findings.add(None, "checksum", f"{name} is missing", "take the release from its source again")
        return
    with file.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
            hint = "take the release from its source again; corrections go into the database, then into a new release"
            findings.add(None, "checksum", f"{name} is not the file that was released", hint)


def _read_rows(copy: Path) -> Intake:
    """The rows of a copied database, brought to the newest revision first."""
    from sse_db.database.migrate import check, upgrade

    engine = open_engine(str(copy))
    try:
        upgrade(engine.url)
        check(engine)
        with engine.connect() as connection:
            found = collect_intake(connection)
            found.past = read_past(connection)
            return found
    except SchemaDrift as error:
        raise UnreadableSource("the database of the release is not one that sse-db wrote", str(error)) from error
    finally:
        engine.dispose()
