"""The simulated data set as a database, by the road that every paper takes: sheets, import, views."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pandas as pd

from analysis.report.paper import POINTS
from etl.loading.load import load_intake
from etl.pipeline import check_file
from sse_db.database.engine import open_engine
from sse_db.database.migrate import upgrade
from support.simulated import simulate, simulate_records

METHODS = {0: "solid state", 1: "melt quench", 2: "co-precipitation", 3: "sol-gel"}
PHASES = {0: "crystal", 1: "glass-ceramic"}
PARTS = {"bulk": "bulk", "grain_boundary": "grain boundary"}


@cache
def simulated_path(seed=0, missing=0.0) -> Path:
    """The file of a database of the paper's size, made once per test process; never write to it."""
    return write_simulated(Path(mkdtemp(prefix="sse-db-simulated-")), simulate(seed, missing=missing))


def write_simulated(folder, frame, points=POINTS) -> Path:
    """Write a frame of ``simulated.simulate`` as sheets, with so many measurements, and import them into a new
    database."""
    path = folder / "sse.db"
    engine = open_engine(str(path), must_exist=False)
    upgrade(engine.url)
    sheets = {"literature.csv": _literature(frame, points), "structure_facts.csv": _structure_facts(frame)}
    for name, sheet in sheets.items():
        sheet.to_csv(folder / name, index=False)
        load_intake(engine, check_file(folder / name), curator="tester")
    engine.dispose()
    return path


def _literature(frame, points):
    records = simulate_records(frame, points=points)
    points = pd.DataFrame(records["impedance_measurements"])
    values = points.pivot_table(
        index=["sample_id", "temperature_c"], columns="contribution", values="conductivity_s_per_cm"
    )
    sheet = values.rename(columns={part: f"σ {word} (S/cm)" for part, word in PARTS.items()}).reset_index()
    energies = pd.DataFrame(records["activation_energies"]).pivot(
        index="sample_id", columns="contribution", values="activation_energy_ev"
    )
    energies = energies.rename(columns={part: f"Ea {word} (eV)" for part, word in PARTS.items()}).reset_index()
    names = pd.DataFrame(records["publications"]).set_index("id")
    samples = pd.DataFrame(
        {
            "sample_id": frame["sample_id"],
            "DOI": frame["publication_id"].map(names["doi"]),
            "Title": frame["publication_id"].map(names["title"]),
            "First author": frame["publication_id"].map(names["first_author"]),
            "Year": 2000 + frame["publication_id"],
            "Sample": "S" + frame["sample_id"].astype(str),
            "Formula": frame["formula"],
            "Structure class": frame["structure_class"],
            "Phase": frame["phase_code"].map(PHASES),
            "Additive": frame["additive_present"].map({0: "none", 1: "Li2O"}),
            "Additive content (wt%)": frame["additive_wt_percent"].where(frame["additive_present"].eq(1)),
            "Synthesis method": frame["method_code"].map(METHODS),
            "Pellet diameter (mm)": frame["pellet_diameter_mm"],
            "Grain size (µm)": frame["grain_size_um"],
            "Sintering temperature (°C)": frame["sintering_temperature_c"],
            "Sintering time (h)": frame["sintering_time_h"],
        }
    )
    sheet = sheet.rename(columns={"temperature_c": "Temperature (°C)"})
    return samples.merge(energies, on="sample_id").merge(sheet, on="sample_id").drop(columns="sample_id")


def _structure_facts(frame):
    sheet = pd.DataFrame(
        {
            "Record": "structure of S" + frame["sample_id"].astype(str),
            "Formula": frame["formula"],
            "Temperature (°C)": 25,
            "Density (g/cm³)": frame["density_g_per_cm3"],
            "Volume per formula unit (Å³)": frame["cell_volume_angstrom3"],
            "Li site occupancy": frame["li_site_occupancy"],
            "Li neighbour distance (Å)": frame["li_neighbor_distance_angstrom"],
            "Li coordination number": frame["li_coordination_number"],
            "Coordinates": "exact",
            "Match": "exact",
            "Sample DOI": "10.5555/simulated." + frame["publication_id"].astype(str),
            "Sample": "S" + frame["sample_id"].astype(str),
        }
    )
    facts = sheet[[name for name in sheet.columns if name.startswith(("Density", "Volume", "Li "))]]
    return sheet[np.asarray(facts.notna().any(axis=1))]
