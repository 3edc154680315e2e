"""Turn the curated facts of a literature table into the project's own sheets under seed_data/literature.

Usage: python tools/seed_literature.py FACTS.csv [FOLDER]

Every decision that changes a cell on the way is in this file; what had to be left out is listed in
seed_data/SOURCES.md.
"""

from __future__ import annotations

import csv
import re
import sys
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
"""Header of the sheet to column of the facts; an empty column is decided below."""

CONDUCTIVITIES = ("σ bulk (S/cm)", "σ grain boundary (S/cm)", "σ total (S/cm)")
THINNEST_PELLET_MM = 0.1


def main(facts: Path, folder: Path) -> None:
    """Write one sheet per structure class."""
    with facts.open(encoding="utf-8", newline="") as stream:
        rows = [to_sheet_row(row) for row in csv.DictReader(stream)]
    folder.mkdir(parents=True, exist_ok=True)
    for structure_class in sorted({row["Structure class"] for row in rows}):
        chosen = [row for row in rows if row["Structure class"] == structure_class]
        with (folder / f"{structure_class.lower()}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(PLAIN), lineterminator="\n")
            writer.writeheader()
            writer.writerows(chosen)


def to_sheet_row(fact: dict[str, str]) -> dict[str, str]:
    """One row of the sheet from one row of the facts."""
    row = {header: fact[name].strip() if name else "" for header, name in PLAIN.items()}
    remark = row["Remark"]
    if fact["temperature_stated"] == "RT":
        row["Temperature (°C)"] = "RT"
    mark_approximate(row, remark)
    mark_extrapolated(row, remark)
    restore_ranges(row, remark)
    name_excess_lithium(row, remark)
    leave_out_general_formula(row)
    if row["Pellet thickness (mm)"] and float(row["Pellet thickness (mm)"]) < THINNEST_PELLET_MM:
        row["Pellet thickness (mm)"] = ""  # below the schema's limit; the remark keeps it
    if match := re.search(r"Ea of the (low|high)-temperature region", remark):
        row["Ea region"] = f"{match[1]} temperature"
    return row


def mark_approximate(row: dict[str, str], remark: str) -> None:
    """Where the remark says that the source writes a value as approximate, write it so."""
    approximate = {
        "bulk approximately": ("σ bulk (S/cm)",),
        "value given as ~": CONDUCTIVITIES,
    }
    for words, headers in approximate.items():
        for header in headers:
            if words in remark and row[header]:
                row[header] = f"~{row[header]}"


def mark_extrapolated(row: dict[str, str], remark: str) -> None:
    """Values that the authors extrapolated are no measurements."""
    if "extrapolated" in remark:
        row["Value basis"] = "bulk: extrapolated"


def restore_ranges(row: dict[str, str], remark: str) -> None:
    """A grain size that the source gives as a range stands as that range; reading it gives the midpoint."""
    if row["Grain size basis"] == "range-midpoint":
        row["Grain size (µm)"] = "0.05–0.1" if "50-100 nm" in remark else "1–5"


def name_excess_lithium(row: dict[str, str], remark: str) -> None:
    """Excess lithium counts as an additive; its content by mass of the body is not stated."""
    if match := re.search(r"(\d+)\s*(?:wt)?% excess (Li2CO3|LiOH\.H2O)", remark):
        row["Additive"] = f"excess {match[2]}"


def leave_out_general_formula(row: dict[str, str]) -> None:
    """A general formula without its x and y names no composition: it moves into the remark."""
    if re.search(r"[xyz]", row["Formula"]):
        row["Remark"] = "; ".join(filter(None, [row["Remark"], f"general formula {row['Formula']}, x and y not read"]))
        row["Formula"] = ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "seed_data/literature"))
