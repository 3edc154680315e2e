"""What a database says of one publication or one sample, all of it on one page, each row with where it came from."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from sse_db.records.events import list_changes
from sse_db.records.fetching import Row, fetch
from sse_db.records.references import find_row
from sse_db.records.spectra import read_json

Page = dict[str, Any]
CHILDREN = ("processing_steps", "impedance_measurements", "activation_energies")
NOT_SHOWN = ("cif_text",)
ONE_ROW = {
    "names": "SELECT * FROM sample_names WHERE sample_id = :sample",
    "room_temperature": "SELECT * FROM room_temperature_conductivity WHERE sample_id = :sample",
    "descriptors": "SELECT * FROM descriptors WHERE sample_id = :sample",
}
"""What views say of a sample, in one row each; the one of room temperature may be missing."""

PUBLICATIONS = """
    SELECT
        p.id, p.doi, p.first_author, p.year, p.journal, p.title, p.kind, p.review_state,
        (SELECT count(*) FROM samples AS s WHERE s.publication_id = p.id) AS samples
    FROM publications AS p
    WHERE (CAST(:state AS TEXT) IS NULL OR p.review_state = :state)
        AND (CAST(:search AS TEXT) IS NULL OR lower(coalesce(p.doi, '') || ' ' || coalesce(p.title, '') || ' '
            || coalesce(p.authors, p.first_author, '') || ' ' || coalesce(p.journal, '')) LIKE :search ESCAPE '!'
            OR EXISTS (SELECT 1 FROM publication_identifiers AS i
                WHERE i.publication_id = p.id AND lower(i.value) LIKE :search ESCAPE '!'))
    ORDER BY p.id
"""
SAMPLES = """
    SELECT
        n.sample_id AS id, n.label, n.formula, n.structure_class, n.publication_id, n.reference, n.review_state,
        (SELECT count(*) FROM impedance_measurements AS m WHERE m.sample_id = n.sample_id) AS conductivities
    FROM sample_names AS n
    WHERE (CAST(:publication AS INTEGER) IS NULL OR n.publication_id = :publication)
        AND (CAST(:search AS TEXT) IS NULL OR lower(n.label || ' ' || coalesce(n.formula, '') || ' '
            || coalesce(n.structure_class, '') || ' ' || coalesce(n.reference, '')) LIKE :search ESCAPE '!'
            OR EXISTS (SELECT 1 FROM sample_aliases AS a
                WHERE a.sample_id = n.sample_id AND lower(a.label) LIKE :search ESCAPE '!'))
    ORDER BY n.sample_id
"""
CONDUCTIVITIES = """
    SELECT m.*, s.label
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE s.publication_id = :publication
    ORDER BY s.id, m.contribution, m.temperature_c, m.id
"""

SPECTRA = "SELECT * FROM fitted_spectra WHERE sample_id = :sample ORDER BY temperature_c, spectrum_id, spectrum_fit_id"


def list_publications(engine: sa.Engine, *, search: str | None = None, state: str | None = None) -> list[Row]:
    """Publications with their number of samples; ``search`` is a part of DOI, title, author or journal,
    or of a former name."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text(PUBLICATIONS), {"search": _pattern(search), "state": state})
        return [dict(row) for row in rows.mappings()]


def list_samples(engine: sa.Engine, *, search: str | None = None, publication: str | None = None) -> list[Row]:
    """Samples with their number of conductivities; ``search`` is a part of label, formula, class or
    reference, or of a former label."""
    with engine.connect() as connection:
        home = find_row(connection, "publications", publication)["id"] if publication else None
        rows = connection.execute(sa.text(SAMPLES), {"search": _pattern(search), "publication": home})
        return [dict(row) for row in rows.mappings()]


def _pattern(search: str | None) -> str | None:
    if search is None:
        return None
    plain = search.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{plain}%"


def read_publication(engine: sa.Engine, reference: str) -> Page:
    """A publication with its samples, their conductivities, its batches and its history; raises NotFound."""
    with engine.connect() as connection:
        row = find_row(connection, "publications", reference)
        page: Page = {"publication": row}
        page["publication_identifiers"] = fetch(connection, "publication_identifiers", "publication_id", [row["id"]])
        page["attachments"] = fetch(connection, "attachments", "publication_id", [row["id"]])
        page["history"] = list_changes(connection, [("publications", row["id"])])
        page["batches"] = _batches(connection, [row])
        samples = connection.execute(sa.text(SAMPLES), {"search": None, "publication": row["id"]}).mappings()
        page["samples"] = [dict(each) for each in samples]
        values = connection.execute(sa.text(CONDUCTIVITIES), {"publication": row["id"]}).mappings()
        page["impedance_measurements"] = [dict(each) for each in values]
    return page


def read_sample(engine: sa.Engine, reference: str) -> Page:
    """A sample with its names, composition, steps, conductivities (all, and those near room temperature), activation
    energies, impedance spectra, structures, the descriptors that models see, batches and history; raises NotFound.

    The command line and the browser show this page, each in its own way.
    """
    with engine.connect() as connection:
        sample = find_row(connection, "samples", reference)
        page: Page = {"sample": sample}
        page["publication"] = fetch(connection, "publications", "id", [sample["publication_id"]])[0]
        page["composition"] = _composition(connection, sample["composition_id"])
        for table in CHILDREN:
            page[table] = fetch(connection, table, "sample_id", [sample["id"]])
        page["processing_steps"].sort(key=lambda step: step["position"])
        page["impedance_measurements"].sort(key=_by_contribution)
        page["sample_aliases"] = fetch(connection, "sample_aliases", "sample_id", [sample["id"]])
        page["attachments"] = _attachments(connection, sample["id"], page["impedance_measurements"])
        page["structural_records"] = _structures(connection, sample)
        page["fitted_spectra"] = _spectra(connection, sample["id"])
        for part, sql in ONE_ROW.items():
            found = connection.execute(sa.text(sql), {"sample": sample["id"]}).mappings().all()
            page[part] = {name: value for row in found for name, value in row.items() if not name.endswith("_id")}
        rows = [(table, each) for table in (*CHILDREN, "structural_records") for each in page[table]]
        page["history"] = list_changes(connection, [("samples", sample["id"]), *((t, each["id"]) for t, each in rows)])
        page["batches"] = _batches(connection, [sample, *(each for _, each in rows)])
    for row in [sample, *(each for _, each in rows)]:
        row["as_written"] = json.loads(row["as_written"] or "{}")
    return page


def _attachments(connection: sa.Connection, sample_id: int, measurements: list[Row]) -> list[Row]:
    """Files of a sample and of its measurements, by reference."""
    of_values = fetch(connection, "attachments", "measurement_id", [row["id"] for row in measurements])
    return fetch(connection, "attachments", "sample_id", [sample_id]) + of_values


def _structures(connection: sa.Connection, sample: Row) -> list[Row]:
    """Structures of the sample, then those of its composition; ``of`` says which, ``has_cif`` whether with a file."""
    own = fetch(connection, "structural_records", "sample_id", [sample["id"]])
    composition = [] if sample["composition_id"] is None else [sample["composition_id"]]
    known = {row["id"] for row in own}
    alike = fetch(connection, "structural_records", "composition_id", composition)
    rows = [("sample", row) for row in own] + [("composition", row) for row in alike if row["id"] not in known]
    return [
        {"of": of, "has_cif": row["cif_text"] is not None} | {name: row[name] for name in row if name not in NOT_SHOWN}
        for of, row in rows
    ]


def _spectra(connection: sa.Connection, sample_id: int) -> list[Row]:
    """Impedance spectra of the sample with their fits, JSON columns read."""
    rows = connection.execute(sa.text(SPECTRA), {"sample": sample_id}).mappings()
    return [read_json(dict(row)) for row in rows]


def _by_contribution(row: Row) -> tuple[str, bool, float, str]:
    missing = row["temperature_c"] is None
    return row["contribution"], missing, 0.0 if missing else row["temperature_c"], row["replicate_label"]


def _composition(connection: sa.Connection, composition_id: int | None) -> Page | None:
    if composition_id is None:
        return None
    row = fetch(connection, "compositions", "id", [composition_id])[0]
    elements = fetch(connection, "composition_elements", "composition_id", [composition_id])
    return row | {"elements": {each["element"]: each["amount"] for each in elements}}


def _batches(connection: sa.Connection, rows: list[Row]) -> list[Row]:
    """The batches that brought rows: file, who, when."""
    found = fetch(connection, "import_batches", "id", {row["batch_id"] for row in rows})
    names = {"id": "id", "file": "file_name", "curator": "curator", "created_at": "created_at"}
    return [{name: row[column] for name, column in names.items()} for row in found]
