"""Write seed_data/SOURCES.md and seed_data/LEADS.md from the tables of facts, so that every count on them is counted.

Usage: python tools/seed_pages.py FOLDER_OF_FACTS [FOLDER [DECISIONS.csv]]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jinja2
import yaml
from seed_literature import DECISIONS, name_fact, read_decisions, read_table
from seed_structures import read_in_obelix

TEMPLATES = Path(__file__).parent
CONDUCTIVITIES = {"bulk": "sigma_bulk_s_cm", "grain boundary": "sigma_gb_s_cm", "total": "sigma_total_s_cm"}
WARM = (24, 30)
"""°C, both ends included: what the room-temperature view takes."""
COLLECTIONS = {"cod": "Crystallography Open Database", "amcsd": "American Mineralogist Crystal Structure Database"}


def main(facts: Path, folder: Path, decisions: Path = DECISIONS) -> None:
    """Write both pages."""
    rows = read_table(facts / "literature.csv")
    records = yaml.safe_load((facts / "structures.yaml").read_text(encoding="utf-8"))
    values = {
        "rows": count_rows(rows),
        "sheets": count_sheets(rows),
        "decisions": list_decisions(rows, read_decisions(decisions)),
        "structures": count_structures(records),
        "leads": read_table(facts / "leads.csv"),
    }
    loader = jinja2.FileSystemLoader(TEMPLATES)
    pages = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    for name in ("SOURCES.md", "LEADS.md"):
        text = pages.get_template(f"seed_{name.lower()}.j2").render(values)
        (folder / name).write_text(text.rstrip() + "\n", encoding="utf-8")


def count_rows(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Counts of the literature facts."""
    by_kind = {name: sum(bool(row[column]) for row in rows) for name, column in CONDUCTIVITIES.items()}
    warm = [row for row in rows if row["temperature_c"] and WARM[0] <= float(row["temperature_c"]) <= WARM[1]]
    return {
        "number": len(rows),
        "samples": len({name_fact(row)[:3] for row in rows}),
        "publications": len({name_fact(row)[:2] for row in rows}),
        "conductivities": sum(by_kind.values()),
        "by_kind": by_kind,
        "warm": {name: sum(bool(row[column]) for row in warm) for name, column in CONDUCTIVITIES.items()},
        "nominal": sum(row["temperature_stated"] == "RT" for row in rows),
        "no_temperature": sum(not row["temperature_c"] for row in rows),
        "inferred": sum(row["identity_basis"] == "inferred" for row in rows),
        "assumed": sum(row["contribution_stated"] == "no" for row in rows),
        "through_obelix": sum("OBELiX" in row["compiled_via"] for row in rows),
        "no_formula": sum(not row["formula"] for row in rows),
    }


def count_sheets(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """File, rows and samples of each sheet."""
    classes = sorted({row["family"] for row in rows}, key=str.lower)
    chosen = {name: [row for row in rows if row["family"] == name] for name in classes}
    return [
        {"file": f"{name.lower()}.csv", "rows": len(found), "samples": len({name_fact(row)[:3] for row in found})}
        for name, found in chosen.items()
    ]


def list_decisions(
    rows: list[dict[str, str]], decided: dict[tuple[str, ...], list[dict[str, str]]]
) -> list[dict[str, Any]]:
    """The decisions by kind, each with the row of the sheet that it changes."""
    places: Counter[str] = Counter()
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        places[row["family"]] += 1
        where = f"{row['family'].lower()} row {places[row['family']] + 1}"
        for decision in decided.get(name_fact(row), []):
            found.setdefault(decision["kind"], []).append({**decision, "where": where})
    return [{"kind": kind, "rows": found[kind]} for kind in sorted(found)]


def count_structures(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts of the structural records."""
    status = Counter(record["status"] for record in records)
    complete = [record for record in records if record["status"] == "complete"]
    return {
        "number": len(records),
        "status": status,
        "in_sheet": status["incomplete"] + status["cell_only"],
        "own_cells": sum("sample" in record for record in records),
        "collections": {
            name: [record for record in complete if record["source"].get(key)] for key, name in COLLECTIONS.items()
        },
        "obelix": sum(read_in_obelix(record["source"]) for record in records) - status["inconsistent_occupancy"],
        "z_inferred": sum("Z inferred" in record["notes"] for record in records if record["status"] == "cell_only"),
        "left_out": [record for record in records if record["status"] == "inconsistent_occupancy"],
    }  # fmt: skip


if __name__ == "__main__":
    main(*(Path(argument) for argument in [*sys.argv[1:2], *(sys.argv[2:] or ["seed_data"])]))
