"""What a row is called where another one refers to it: `Li1.3Al0.3Ti1.7(PO4)3 · Yao 2021` instead of 17."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from sse_db.browse.queries import DATABASE
from sse_db.units import show_number

LABELS = {
    "samples": "SELECT sample_id, coalesce(formula, label) || ' · ' || reference FROM sample_names WHERE sample_id",
    "publications": "SELECT id, coalesce(first_author, title, doi) || coalesce(' ' || year, '') "
    "FROM publications WHERE id",
    "compositions": "SELECT id, formula FROM compositions WHERE id",
    "structural_records": "SELECT id, label FROM structural_records WHERE id",
    "import_batches": "SELECT id, file_name FROM import_batches WHERE id",
    "activation_energies": "SELECT id, 'Ea ' || contribution || ' ' || activation_energy_ev || ' eV' "
    "FROM activation_energies WHERE id",
    "processing_steps": "SELECT id, operation FROM processing_steps WHERE id",
    "impedance_measurements": "SELECT id, contribution || coalesce(' at ' || round(temperature_c, 1) || ' °C', '') "
    "FROM impedance_measurements WHERE id",
    "impedance_spectra": "SELECT id, label FROM impedance_spectra WHERE id",
    "spectrum_fits": "SELECT id, circuit FROM spectrum_fits WHERE id",
    "attachments": "SELECT id, file_name FROM attachments WHERE id",
    "sample_aliases": "SELECT id, label FROM sample_aliases WHERE id",
    "publication_identifiers": "SELECT id, value FROM publication_identifiers WHERE id",
}
"""For each table the SELECT of keys and labels, up to the list of keys."""
REFERENCES = (
    (re.compile(r"sample_id|other_id"), "samples"),
    (re.compile(r"publication_id"), "publications"),
    (re.compile(r"composition_id"), "compositions"),
    (re.compile(r"batch_id"), "import_batches"),
    (re.compile(r"processing_step_id"), "processing_steps"),
    (re.compile(r"(\w+_)?measurement_id"), "impedance_measurements"),
    (re.compile(r"spectrum_id"), "impedance_spectra"),
    (re.compile(r"spectrum_fit_id"), "spectrum_fits"),
    (re.compile(r"\w+_record_id"), "structural_records"),
)
"""Which table a column of a view or a query refers to, by its name."""
OF_SAMPLES = ("impedance_measurements", "processing_steps", "activation_energies", "structural_records")
MANY = 500
TITLES = {
    "sample_overview": "Samples at a glance",
    "impedance_measurements": "Conductivities",
    "structural_records": "Crystal structures",
}
"""What readers call the tables they look for, where it is not their name."""
DOI = re.compile(r"10\.\d{4,9}/[\w.()/:;<>+-]+")


class Labels:
    """Labels of rows, read from the snapshot on a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True, check_same_thread=False)

    def find(self, table: str, keys: Iterable[Any]) -> dict[int, str]:
        """Key to label of the rows that exist."""
        wanted = sorted({key for key in keys if isinstance(key, int)})
        found: dict[int, str] = {}
        for start in range(0, len(wanted) if table in LABELS else 0, MANY):
            part = wanted[start : start + MANY]
            marks = ", ".join("?" * len(part))
            found |= dict(self._connection.execute(f"{LABELS[table]} IN ({marks})", part).fetchall())
        return {key: str(label) for key, label in found.items() if label is not None}

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def render(self, row: Any, value: Any, column: str, table: str | None) -> Markup | None:
        """The cell of a page, where it says more than its value alone; None leaves it to Datasette."""
        if value is None or isinstance(value, dict | bytes):
            return None
        if isinstance(value, float):
            return Markup('<span title="{}">{}</span>').format(repr(value), show_number(value, column))
        if isinstance(value, int):
            return self._render_key(row, value, column, table)
        if column == "doi":
            return doi_link(value)
        if column == "cif_text" and table == "structural_records" and len(value) > 80:
            size = f"CIF, {len(value) / 1000:.1f} kB"
            return Markup('<a href="/-/structure/{}.cif">{}</a>').format(row["id"], size)
        return None

    def _render_key(self, row: Any, value: int, column: str, table: str | None) -> Markup | None:
        if column == "row_id":
            other = row["table_name"] if "table_name" in row.keys() else ""  # noqa: SIM118  # sqlite3.Row iterates values
        else:
            other = next((target for pattern, target in REFERENCES if pattern.fullmatch(column)), "")
        label = self.find(other, [value]).get(value)
        if label is None:
            return None
        shown = link(other, value, label)
        return shown + self._link_sample(other, value) if column == "row_id" else shown

    def _link_sample(self, table: str, key: int) -> Markup:
        """The sample that a finding's row belongs to."""
        if table not in OF_SAMPLES:
            return Markup()
        found = self._connection.execute(f"SELECT sample_id FROM {table} WHERE id = ?", [key]).fetchone()
        if found is None or found[0] is None:
            return Markup()
        return Markup("<br>of ") + link("samples", found[0], self.find("samples", found)[found[0]])


def link(table: str, key: int, label: str) -> Markup:
    """A link to the page of a row."""
    href = f"/{DATABASE}/{tilde_encode(table)}/{key}"
    return Markup('<a href="{}">{}</a>&nbsp;<em>{}</em>').format(href, label, key)


def doi_link(doi: str) -> Markup:
    """A link to the publisher's page of a DOI, which learns nothing of the page it is on; other text stays text."""
    if not DOI.fullmatch(doi):
        return escape(doi)
    return Markup('<a href="https://doi.org/{}" rel="noopener noreferrer">{}</a>').format(quote(doi), doi)


def in_words(name: str) -> str:
    """The name of a table, view or column as a heading.

    >>> in_words("sample_overview"), in_words("impedance_measurements")
    ('Samples at a glance', 'Conductivities')
    """
    return TITLES.get(name) or name.replace("_", " ").capitalize()


def subscripted(formula: str) -> Markup:
    """A formula with its amounts as subscripts."""
    return Markup(re.sub(r"(?<=[A-Za-z)\]])(\d+(?:\.\d+)?)", r"<sub>\1</sub>", str(escape(formula))))
