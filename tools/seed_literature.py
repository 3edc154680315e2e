"""Turn the curated facts of a literature table into the project's own sheets under seed_data/literature.

Usage: python tools/seed_literature.py FACTS.csv [FOLDER [DECISIONS.csv]]

A cell of a sheet is the cell of the facts, except where the table of decisions (tools/seed_decisions.csv) says
otherwise: one row per decision, with the cell as the facts have it, the cell as the sheet has it, and why. A decision
about a cell that the facts no longer have stops the tool, and so does a word whose meaning nobody decided.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

PLAIN = {
    "DOI": "doi",
    "Title": "title",
    "First author": "first_author",
    "Year": "year",
    "Journal": "journal",
    "Identity basis": "identity_basis",
    "Sample": "sample_label",
    "Formula": "formula",
    "Structure class": "family",
    "Space group": "space_group",
    "a (Å)": "a_angstrom",
    "c (Å)": "c_angstrom",
    "Additive": "additive",
    "Additive content (wt%)": "additive_wt_percent",
    "Synthesis method": "method",
    "Phase": "phase_type",
    "Calcination temperature (°C)": "calcination_c",
    "Calcination time (h)": "calcination_h",
    "Sintering temperature (°C)": "sintering_c",
    "Sintering time (h)": "sintering_h",
    "Sintering mode": "sintering_mode",
    "Pellet diameter (mm)": "pellet_diameter_mm",
    "Pellet thickness (mm)": "pellet_thickness_mm",
    "Grain size (µm)": "grain_size_um",
    "Grain size basis": "grain_size_basis",
    "Relative density (%)": "relative_density_percent",
    "Sample remark": "",
    "Temperature (°C)": "temperature_c",
    "σ bulk (S/cm)": "sigma_bulk_s_cm",
    "σ grain boundary (S/cm)": "sigma_gb_s_cm",
    "σ total (S/cm)": "sigma_total_s_cm",
    "Contribution stated": "contribution_stated",
    "Value basis": "",
    "Ea bulk (eV)": "ea_bulk_ev",
    "Ea grain boundary (eV)": "ea_gb_ev",
    "Ea total (eV)": "ea_total_ev",
    "Ea region": "",
    "Place in the paper": "source_where",
    "Source kind": "source_kind",
    "Source URL": "source_url",
    "Compiled via": "compiled_via",
    "Confidence": "confidence",
    "Remark": "remark",
}
"""Header of the sheet to column of the facts; an empty one is filled by decisions only."""


KEY = ("doi", "title", "sample_label", "temperature_c")
"""What names a row of the facts; a decision gives the title only where there is no DOI."""
TEMPERATURES_STATED = {"exact": None, "RT": "RT", "": None}
"""Words of the facts about the measuring temperature, and what then stands in its cell; None: the number."""
UNDECIDED_GRAIN_SIZES = ("", "stated")
"""Words of the facts about a grain size that need no decision."""
DECISIONS = Path(__file__).with_name("seed_decisions.csv")


def main(facts: Path, folder: Path, decisions: Path = DECISIONS) -> None:
    """Write one sheet per structure class."""
    decided = read_decisions(decisions)
    rows = [to_sheet_row(fact, decided.pop(name_fact(fact), [])) for fact in read_table(facts)]
    if decided:
        raise SystemExit("decided, but not among the facts:\n" + "\n".join(" | ".join(key) for key in decided))
    folder.mkdir(parents=True, exist_ok=True)
    for structure_class in sorted({row["Structure class"] for row in rows}):
        chosen = [row for row in rows if row["Structure class"] == structure_class]
        with (folder / f"{structure_class.lower()}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(PLAIN), lineterminator="\n")
            writer.writeheader()
            writer.writerows(chosen)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, cells without blanks around."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(stream)]


def name_fact(row: dict[str, str]) -> tuple[str, ...]:
    """Publication, sample and temperature of a row of facts or decisions."""
    return tuple("" if name == "title" and row["doi"] else row[name] for name in KEY)


def read_decisions(path: Path) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """The decisions about each row of the facts."""
    decided = defaultdict(list)
    for decision in read_table(path):
        decided[name_fact(decision)].append(decision)
    return dict(decided)


def to_sheet_row(fact: dict[str, str], decisions: list[dict[str, str]]) -> dict[str, str]:
    """One row of the sheet from one row of the facts; raises SystemExit where the two tables do not fit together."""
    row = {header: fact[name] if name else "" for header, name in PLAIN.items()}
    where = " | ".join(name_fact(fact))
    if fact["temperature_stated"] not in TEMPERATURES_STATED:
        raise SystemExit(f"{where}: temperature_stated is {fact['temperature_stated']!r}, which nobody decided")
    row["Temperature (°C)"] = TEMPERATURES_STATED[fact["temperature_stated"]] or row["Temperature (°C)"]
    decided = {decision["column"] for decision in decisions}
    if fact["grain_size_basis"] not in UNDECIDED_GRAIN_SIZES and "Grain size (µm)" not in decided:
        raise SystemExit(f"{where}: a grain size that is a {fact['grain_size_basis']} needs a decision")
    for decision in decisions:
        if row[decision["column"]] != decision["fact"]:
            stands = row[decision["column"]]
            raise SystemExit(f"{where}: {decision['column']} is {stands!r}, decided was {decision['fact']!r}")
        row[decision["column"]] = decision["value"]
    return row


if __name__ == "__main__":
    main(*(Path(argument) for argument in [*sys.argv[1:2], *(sys.argv[2:] or ["seed_data/literature"])]))
