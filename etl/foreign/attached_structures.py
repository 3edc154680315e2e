"""Structure files that lie beside a public data set's table, each named after the row that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from etl.cells.quantities import is_blank
from etl.drafts import Draft, Intake
from etl.foreign.known_defects import report_change
from etl.foreign.mapped_sheet import ForeignRows
from etl.foreign.mapping import Companions, SheetMapping
from etl.options import ReadOptions
from etl.papers.structure_facts import add_structure, file_key
from etl.papers.structure_files import is_structure_file, read_structure_files
from etl.problems import Findings, error_code
from sse_db.errors import SseDbError, UnreadableSource
from sse_db.materials.structures import read_structure
from sse_db.vocabulary import CoordinatesBasis, StructureMatch


def find_companion(told: Companions, table: Path) -> Path | None:
    """The archive or folder of structure files beside a table; None where there is none."""
    places = (table.parent / name.replace("{table}", table.stem) for name in told.places)
    return next((place for place in places if place.exists()), None)


def read_companion(place: Path) -> dict[str, tuple[str, bytes]]:
    """Names and bytes of the structure files in an archive or folder, by name without suffix."""
    if place.is_dir():
        files = [(path.name, path.read_bytes()) for path in sorted(place.iterdir()) if is_structure_file(path)]
    else:
        files = [(file.name, file.data) for file in read_structure_files(place)[0]]
    found: dict[str, tuple[str, bytes]] = {}
    for name, data in files:
        stem = Path(name).stem
        if stem in found and found[stem][1] != data:
            raise UnreadableSource(f"{place.name} holds two structures of the name {stem}", "which one is the row's?")
        found[stem] = (name, data)
    return found


def add_companions(
    table: Path,
    mapping: SheetMapping,
    found: ForeignRows,
    intake: Intake,
    findings: Findings,
    options: ReadOptions,
    *,
    whole: bool,
) -> None:
    """Add the structure of every row that has a file; of the whole data set the numbers must be the known ones."""
    told, edition = mapping.structures, mapping.edition
    assert told is not None
    assert edition is not None
    place = find_companion(told, table)
    if place is None:
        names = " or ".join(name.replace("{table}", table.stem) for name in told.places)
        message = f"there are no structure files beside the table ({names}): only its lattice constants were read"
        findings.add(None, "no-structure-files", message, severity="doubt")
        return
    files = read_companion(place)
    samples = {str(draft.values["label"]): draft for draft in intake.drafts.get("samples", [])}
    rows = {found.keys[number]: texts for number, texts in found.texts.items()}
    chosen = [label for label in samples if label in files]
    bare: set[str] = set()
    for number, label in enumerate(chosen):
        options.report(number, len(chosen))
        draft = _add_one(files[label], samples[label], rows[label], mapping, intake, findings, options)
        if draft is not None and draft.values.get("li_site_occupancy") is None:
            bare.add(label)
    if whole:
        report_change(findings, edition, "structure files", told.files, len(chosen))
        new = sorted(bare ^ set(told.without_lithium))
        report_change(
            findings, edition, f"structure files whose lithium is not as known ({', '.join(new)})", 0, len(new)
        )


def _add_one(
    file: tuple[str, bytes],
    sample: Draft,
    texts: Mapping[str, str],
    mapping: SheetMapping,
    intake: Intake,
    findings: Findings,
    options: ReadOptions,
) -> Draft | None:
    """The structure of one row; a problem of the row's where its file cannot be used."""
    told = mapping.structures
    assert told is not None
    name, data = file
    noisy = not is_blank(texts.get(told.perturbed))
    coordinates = CoordinatesBasis.PERTURBED if noisy else CoordinatesBasis.EXACT
    match = StructureMatch.EXACT if is_blank(texts.get(told.close)) else StructureMatch.CLOSE
    label, units = Path(name).stem, _units(texts.get(told.units, ""))
    known = options.known.find(file_key(sha256(data).hexdigest(), label), units, coordinates) if options.known else None
    if known is not None:
        known.values["match"] = str(match)
        known.parents["sample_id"] = sample.key
        intake.add(known)
        return known
    try:
        facts = read_structure(name, data, formula_units=units, coordinates=coordinates)
    except SseDbError as error:
        findings.add(next(iter(sample.cells.values())), error_code(error), str(error), error.hint)
        return None
    draft = add_structure(intake, facts, label, match=match, sample=sample.key)
    number = texts.get(told.icsd, "").strip().removesuffix(".0")
    draft.values["icsd_number"] = number or facts.icsd_number
    source = texts.get(told.source, "").strip()
    draft.values["source_citation"] = f"{mapping.title}; structure of {source}" if source else mapping.title
    return draft


def _units(text: str) -> float | None:
    """Z of a row; what is no number was told where the table was read."""
    try:
        return float(text)
    except ValueError:
        return None
