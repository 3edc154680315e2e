"""What the readers of structures had to remark, told by cause: of one file each remark, of many how often it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

import sqlalchemy as sa

from etl.drafts import Draft, Intake
from sse_db.errors import Problem
from sse_db.records.keys import Row, fetch

MOST_APART = 3
"""Structures with remarks of one cause that are told one by one; beyond, the cause is told once with their number."""
SAME_CELL = 1e-4
"""Relative difference below which two cell edges are one."""
HINTS = {
    "content": "check occupancies, symmetry operations, formula and Z of the file",
    "formula": "check occupancies and symmetry operations; hydrogen is often not located",
    "space-group": "check the symmetry operations against the symbol",
    "setting": "list the symmetry operations in the file, or name the setting behind the symbol",
    "no-symmetry": "list the symmetry operations in the file",
    "several-structures": "put every structure into a file of its own",
    "temperature": "the standard's unit is kelvin",
    "no-z": "add _cell_formula_units_Z to the file",
    "z-doubtful": "give the formula units per cell of the formula as it is written",
    "no-formula": "add _chemical_formula_sum to the file",
    "again": "a newer version? join the two after the import: sse-db audit structure-twice",
    "images-overlap": "check coordinates and occupancy of the site against its special position",
}
"""By cause, what helps; the others say it themselves."""


def find_structure_remarks(intake: Intake) -> list[Problem]:
    """The remarks on the structural records of an intake as doubts; the same text stands in the column ``remark``."""
    by_cause: dict[str, list[tuple[Draft, str]]] = defaultdict(list)
    drafts = intake.drafts.get("structural_records", [])
    for draft in drafts:
        for cause, text in draft.remarks:
            by_cause[cause].append((draft, text))
    problems: list[Problem] = []
    for cause, found in by_cause.items():
        if len(found) <= MOST_APART or any(draft.cells for draft, _ in found):
            problems += [_tell(intake, cause, draft, text, alone=len(drafts) == 1) for draft, text in found]
        else:
            names = ", ".join(str(draft.values["label"]) for draft, _ in found[:MOST_APART])
            message = f"{len(found)} structures ({names}, …): {found[0][1]}"
            problems.append(_problem(intake, cause, message))
    return problems


def find_structures_again(intake: Intake, connection: sa.Connection) -> list[Problem]:
    """Structures whose name, composition and cell are in the database already, from a file or source of other words:
    mostly a newer version, which would stand beside the older one."""
    drafts = {str(draft.values["label"]): draft for draft in intake.drafts.get("structural_records", [])}
    rows = fetch(connection, "structural_records", "label", drafts)
    prints = {
        row["id"]: row["fingerprint"]
        for row in fetch(connection, "compositions", "id", {row["composition_id"] for row in rows} - {None})
    }
    found = {}
    for row in rows:
        draft = drafts[row["label"]]
        if draft.key != row["record_key"] and _is_alike(draft, row, prints.get(row["composition_id"])):
            found[row["label"]] = (draft, row["id"])
    known = {draft.key for draft, _ in found.values()} & {row["record_key"] for row in rows}
    return [
        _tell(intake, "again", draft, f"structure {number} has this name, composition and cell", alone=False)
        for draft, number in found.values()
        if draft.key not in known
    ]


def _is_alike(draft: Draft, row: Row, composition: Hashable) -> bool:
    """Whether a record of the same name is of the same composition and cell."""
    pairs = [(draft.values.get(name), row[name]) for name in ("a_angstrom", "b_angstrom", "c_angstrom")]
    known = [(float(new), float(old)) for new, old in pairs if new is not None and old is not None]
    same_cell = bool(known) and all(abs(new - old) < SAME_CELL * old for new, old in known)
    return same_cell and draft.parents.get("composition_id") == composition


def _tell(intake: Intake, cause: str, draft: Draft, text: str, *, alone: bool) -> Problem:
    cell = next(iter(draft.cells.values()), None)
    if cell is None:
        return _problem(intake, cause, text if alone else f"{draft.values['label']}: {text}")
    hint = HINTS.get(cause, "")
    place = (cell.sheet, cell.name, cell.row, cell.header, cell.text)
    return Problem(intake.file_name, text, f"structure-{cause}", hint, *place, severity="doubt")


def _problem(intake: Intake, cause: str, message: str) -> Problem:
    return Problem(intake.file_name, message, f"structure-{cause}", HINTS.get(cause, ""), severity="doubt")
