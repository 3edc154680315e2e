"""The two stories of an import, from top to bottom: check a file, load a file."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.curation.structures import describe_sample, give_to_sample
from etl.doubts import find_doubts, find_doubts_beside
from etl.drafts import Intake
from etl.files import hash_file
from etl.foreign.overlap import drop_values_already_stored
from etl.foreign.public_files import find_belonging
from etl.loading.load import BatchReport, load_intake
from etl.loading.release_folder import find_releases
from etl.loading.structure_cache import KnownStructures
from etl.options import DEFAULT_OPTIONS, ReadOptions
from etl.papers.digitised import Series, read_digitised
from etl.papers.split_workbook import find_sheets_beside
from etl.papers.structure_files import is_structure_archive
from etl.problems import Findings
from etl.readers import find_reader, is_known, recognise, why_unknown
from etl.sheets import PUBLIC_DATA_SETS
from sse_db.cluster import find_cluster
from sse_db.errors import ClusterUnusable, Problem, RefusedFile, SseDbError, UnreadableSource, WrongUsage
from sse_db.schema import CURATED
from sse_db.spelling import printable

if TYPE_CHECKING:
    import sqlalchemy as sa


OF_TABLES = ("sheet", "workbook", *PUBLIC_DATA_SETS)
"""Formats of tables, whose readers leave no cycles; those of structures lean on libraries that do."""


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles of garbage meanwhile: a sheet makes millions of rows and drafts that hold none, and looking
    through them again and again takes as long as reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class PassedOver(NamedTuple):
    """A file that is not read, and why."""

    path: Path
    reason: str


def find_files(places: list[Path], form: str = "auto") -> tuple[list[Path], list[PassedOver]]:
    """Files to read, folders searched through, in the order of their names; and files that are passed over: those of
    unknown kind in folders, and those that belong to another one. A release folder counts as one file.

    Raises UnreadableSource for a place that is not there.
    """
    found: list[Path] = []
    passed_over: list[PassedOver] = []
    for place in places:
        if place.is_dir() and form == "release":
            found.append(place)
        elif place.is_dir():
            releases = find_releases(place) if form == "auto" else []
            found += releases
            inside = sorted(path for path in place.rglob("*") if not path.is_dir() and not _is_hidden(path, place))
            passed_over += [PassedOver(path, "no file, or a link to none") for path in inside if not path.is_file()]
            inside = [path for path in inside if path.is_file()]
            passed_over += [PassedOver(path, "lock file of a spreadsheet program") for path in inside if _is_lock(path)]
            inside = [path for path in inside if not _is_lock(path)]
            inside = [path for path in inside if not any(path.is_relative_to(release) for release in releases)]
            found += [path for path in inside if is_known(path)]
            passed_over += [PassedOver(path, why_unknown(path)[0]) for path in inside if not is_known(path)]
        elif place.is_file():
            found.append(place)
        else:
            raise UnreadableSource(f"there is no file {place}")
    files = [path for path in found if path.is_file()]
    belonging = find_belonging(files) if form == "auto" or form in PUBLIC_DATA_SETS else {}
    belonging |= find_sheets_beside(files) if form in ("auto", "sheet", "workbook") else {}
    passed_over += [PassedOver(path, belonging[path]) for path in found if path in belonging]
    return [path for path in found if path not in belonging], passed_over


def _is_hidden(path: Path, place: Path) -> bool:
    """Whether a file or a folder on the way to it is hidden, such as .git, or what macOS adds to archives."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.relative_to(place).parts)


def _is_lock(path: Path) -> bool:
    """Whether Excel or Word keeps this file beside one that is open; it holds a user's name and no table."""
    return path.name.startswith("~$")


def load_file(
    engine: sa.Engine,
    path: Path,
    form: str = "auto",
    *,
    curator: str,
    on_conflict: str = "fail",
    dry_run: bool = False,
    note: str | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> BatchReport:
    """Check one file and write it as one batch; raises RefusedFile, and then nothing was written."""
    form = recognise(path) if form == "auto" and options.axes is None else form
    with uncollected() if form in OF_TABLES else nullcontext():
        intake = prepare_file(engine, path, form, options)
        intake.note = note
        return load_intake(engine, intake, curator=curator, on_conflict=on_conflict, dry_run=dry_run)


def prepare_file(engine: sa.Engine, path: Path, form: str = "auto", options: ReadOptions = DEFAULT_OPTIONS) -> Intake:
    """Check one file beside a database: what the database holds already is not read or stored twice, and more is
    doubtful. Raises RefusedFile."""
    if options.axes is not None:
        intake = _check_digitised(engine, path, options)
    else:
        intake = check_file(path, form, replace(options, known=KnownStructures(engine)))
    with engine.connect() as connection:
        if options.sample is not None and options.axes is None:
            give_to_sample(connection, intake, options.sample, options.publication)
        drop_values_already_stored(intake, connection)
        intake.doubts += find_doubts_beside(intake, connection)
    return intake


def _check_digitised(engine: sa.Engine, path: Path, options: ReadOptions) -> Intake:
    """The points of a figure as a series of one sample of a database."""
    if options.axes is None or options.sample is None:
        raise WrongUsage("points of a figure belong to a sample", "name it with --sample")
    with engine.connect() as connection:
        described = describe_sample(connection, options.sample, options.publication)
    findings = Findings(printable(path.absolute().name))
    intake = Intake(findings.file, hash_file(path), "digitised")
    read_digitised(path, Series(described, options.axes, options.dataset), intake, findings)
    if findings.errors:
        raise RefusedFile(findings.file, findings.problems)
    findings.add_doubts(find_doubts(intake))
    intake.doubts = findings.problems
    return intake


def check_file(path: Path, form: str = "auto", options: ReadOptions = DEFAULT_OPTIONS) -> Intake:
    """Read and check one file without a database; raises RefusedFile with every problem of every cell."""
    intake, findings = examine_file(path, form, options)
    if findings.errors:
        raise RefusedFile(findings.file, findings.problems)
    intake.doubts = findings.problems
    return intake


def examine_file(path: Path, form: str = "auto", options: ReadOptions = DEFAULT_OPTIONS) -> tuple[Intake, Findings]:
    """Read one file as far as it can be read; what is wrong stands in the findings."""
    name = path.absolute().name
    findings = Findings(printable(name))
    intake = Intake(findings.file, hash_file(path), recognise(path) if form == "auto" else form)
    if name != findings.file:
        findings.problems.append(Problem(findings.file, "the name of the file is no UTF-8", "file-name", "rename it"))
        return intake, findings
    with uncollected() if intake.format in OF_TABLES else nullcontext():
        _read(path, intake, findings, options)
    return intake, findings


def _read(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    """Read and doubt the whole of a file."""
    try:
        find_reader(intake.format).read(path, intake, findings, options)
    except SseDbError as error:
        findings.problems.append(Problem(path.name, str(error), "unreadable-source", error.hint))
    if not intake.drafts and not findings.errors:
        findings.problems.append(Problem(path.name, "there is no row of data in it", "empty", "is it filled in?"))
    intake.drafts = {
        str(model.__tablename__): intake.drafts[str(model.__tablename__)]
        for model in CURATED
        if str(model.__tablename__) in intake.drafts
    }
    findings.add_doubts(find_doubts(intake))
    findings.put_in_order()


FILES_AT_ONCE = 25
"""Most files in one task of a cluster; where they are fewer, every worker gets some tasks."""


def examine_files(
    paths: Sequence[Path], form: str = "auto", options: ReadOptions = DEFAULT_OPTIONS
) -> Iterator[list[Problem]]:
    """The problems of each file, in the order of the files.

    Within ``sse_db.cluster.connect`` workers read them where they lie; of an archive, each structure. Raises
    ClusterUnusable where the workers do not see the same files.
    """
    cluster = find_cluster()
    if cluster is None:
        yield from (examine_file(path, form, options)[1].problems for path in paths)
        return
    single = [path for path in paths if not is_structure_archive(path)]
    tasks = [(path.absolute(), form, options) for path in single]
    at_once = min(FILES_AT_ONCE, 1 + len(tasks) // (8 * cluster.count_workers() + 1))
    found = cluster.map(_examine_there, tasks, at_once=at_once)
    for path in paths:
        if path not in single:
            yield examine_file(path, form, options)[1].problems
            continue
        sha256, problems = next(found)
        if sha256 != hash_file(path):
            raise ClusterUnusable(
                f"a worker does not see {path} as it is here",
                "files lie on a file system that all workers share",
            )
        if isinstance(problems, SseDbError):
            raise problems
        yield problems


def _examine_there(task: tuple[Path, str, ReadOptions]) -> tuple[str, list[Problem] | SseDbError]:
    """On a worker: the hash of a file, empty where it cannot be read; its problems, or why there are none."""
    path, form, options = task
    sha256 = ""
    try:
        sha256 = hash_file(path)
        return sha256, examine_file(path, form, options)[1].problems
    except SseDbError as error:
        return sha256, error
