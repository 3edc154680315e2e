"""The 17 descriptors and h_gb computed a second time, from the tables with pandas and pymatgen alone."""

import math

import pandas as pd
import sqlalchemy as sa
from pymatgen.core import Composition

METHODS = {
    0: {"solid_state", "ball_mill", "mechanochemical"},
    1: {"melt_quench"},
    2: {"co_precipitation", "hydrothermal", "solution", "spray", "evaporation_induced_self_assembly"},
    3: {"sol_gel", "citrate", "pechini"},
}
DENSE = {"sintering", "hot_pressing", "spark_plasma_sintering", "cold_sintering", "crystallisation"}


def read_tables(engine):
    names = ("samples", "compositions", "processing_steps", "impedance_measurements", "structural_records", "elements")
    with engine.connect() as connection:
        return {name: pd.read_sql_query(sa.text(f"SELECT * FROM {name} ORDER BY id"), connection) for name in names}


def present(value):
    return value is not None and value == value  # NaN is not equal to itself


def compute_descriptors(engine):
    """Sample id to descriptor to value, None where it is not known."""
    tables = read_tables(engine)
    elements = tables["elements"].set_index("symbol").to_dict("index")
    formulas = tables["compositions"].set_index("id")["formula"].to_dict()
    steps = {key: group.sort_values("position") for key, group in tables["processing_steps"].groupby("sample_id")}
    records = tables["structural_records"].to_dict("records")
    found = {}
    for sample in tables["samples"].to_dict("records"):
        row = experimental(sample) | sintering(steps.get(sample["id"]))
        formula = formulas.get(sample["composition_id"]) if present(sample["composition_id"]) else None
        row |= chemical(formula, elements) | structural(sample, records)
        found[sample["id"]] = {name: value if present(value) else None for name, value in row.items()}
    return found


def experimental(sample):
    code = next((code for code, methods in METHODS.items() if sample["synthesis_method"] in methods), None)
    content = 0.0 if sample["additive_present"] == 0 else sample["additive_wt_percent"]
    return {
        "additive_present": sample["additive_present"],
        "additive_wt_percent": content,
        "pellet_diameter_mm": sample["pellet_diameter_mm"],
        "method_code": code,
        "grain_size_um": None if sample["grain_size_relation"] in ("<", ">") else sample["grain_size_um"],
        "phase_code": {"crystal": 0, "glass_ceramic": 1}.get(sample["phase_type"]),
    }


def sintering(steps):
    last, cold = None, False
    for step in [] if steps is None else steps.to_dict("records"):
        if step["operation"] in DENSE or (step["operation"] == "annealing" and cold):
            last = step
        cold = cold or step["operation"] == "cold_sintering"
    return {
        "sintering_temperature_c": last["temperature_c"] if last else None,
        "sintering_time_h": last["duration_h"] if last else None,
    }


def chemical(formula, elements):
    names = {
        "electronegativity": "electronegativity_pauling",
        "polarizability": "polarizability_au",
        "atomic_number": "atomic_number",
    }
    if formula is None:
        return dict.fromkeys(("li_ratio", *names))
    composition = Composition(formula)
    others = {each.symbol: amount for each, amount in composition.items() if each.symbol not in ("Li", "O")}
    row = {"li_ratio": composition["Li"] / composition.num_atoms}
    for name, column in names.items():
        values = [elements[symbol][column] for symbol in others]
        known = all(present(value) for value in values)
        total = (
            math.fsum(amount * value for amount, value in zip(others.values(), values, strict=True)) if known else None
        )
        row[name] = total / composition.num_atoms if known else None
    return row


def group_of(row):
    if present(row["space_group_number"]):
        return int(row["space_group_number"])
    return str(row["space_group_symbol"]).replace(" ", "") if present(row["space_group_symbol"]) else None


def structural(sample, records):
    def rank(record):
        own = record["sample_id"] == sample["id"]
        near = 0 if own else 1 if group_of(record) and group_of(record) == group_of(sample) else 2
        temperature = record["temperature_c"]
        away = abs(temperature - 25) if present(temperature) else 75
        return near, record["match"] != "exact", away, record["id"]

    def usable(record, name):
        if (
            name in ("density_g_per_cm3", "cell_volume_angstrom3")
            and present(record["temperature_c"])
            and record["temperature_c"] > 100
        ):
            return False
        if (
            name in ("li_neighbor_distance_angstrom", "li_coordination_number")
            and record["coordinates_basis"] == "perturbed"
        ):
            return False
        return present(record[name])

    same = [
        record
        for record in records
        if record["sample_id"] == sample["id"]
        or (
            present(sample["composition_id"])
            and record["composition_id"] == sample["composition_id"]
            and (None in (group_of(record), group_of(sample)) or group_of(record) == group_of(sample))
        )
    ]
    same = sorted(same, key=rank)
    group = next((group_of(record) for record in same if group_of(record)), None)
    same = [record for record in same if group_of(record) in (None, group)]
    names = (
        "li_site_occupancy",
        "li_neighbor_distance_angstrom",
        "li_coordination_number",
        "density_g_per_cm3",
        "cell_volume_angstrom3",
    )
    return {name: next((r[name] for r in same if usable(r, name)), None) for name in names}


def compute_conductances(engine):
    """Sample id to h_gb (S/cm²) near room temperature, from the measurements alone."""
    tables = read_tables(engine)
    known = tables["samples"][~tables["samples"]["grain_size_relation"].isin(["<", ">"])]
    sizes = known.set_index("id")["grain_size_um"].to_dict()
    found = {}
    for key, group in tables["impedance_measurements"].groupby("sample_id"):
        chosen = {}
        for part, rows in group.groupby("contribution"):
            near = rows[rows["temperature_c"].between(24, 30) & rows["value_basis"].isin(["measured", "digitised"])]
            ordered = sorted(
                near.to_dict("records"),
                key=lambda r: (r["temperature_basis"] != "stated", abs(r["temperature_c"] - 25), "=~<>".index(r["relation"]) if r["relation"] in "=~" else 2,
                               r["temperature_c"], r["replicate_label"], r["id"]),
            )  # fmt: skip
            if ordered:
                chosen[part] = ordered[0]
        boundary = value_of(chosen, "grain_boundary", "bulk", "total")
        if boundary is not None and present(sizes.get(key)):
            found[key] = boundary / (sizes[key] * 1e-4)
    return found


def value_of(chosen, part, bulk, total):
    if part in chosen:
        return chosen[part]["conductivity_s_per_cm"]
    pair = [chosen.get(bulk), chosen.get(total)]
    if None in pair or any(each["relation"] != "=" for each in pair):
        return None
    if any(pair[0][name] != pair[1][name] for name in ("temperature_c", "temperature_basis")):
        return None
    whole, grain = pair[1]["conductivity_s_per_cm"], pair[0]["conductivity_s_per_cm"]
    return whole * grain / (grain - whole) if grain > whole else None
