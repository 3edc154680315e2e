"""Arrhenius fits: activation energy and prefactor of every temperature series, beside the reported energies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.arrhenius import compare_energies, fit_all, trace_series
from analysis.data.arrhenius_lines import FORMS
from analysis.data.frames import read_view
from analysis.figures.arrhenius_fits import draw_energies, draw_lines
from analysis.report.sections.base import Section, Study

MOST_SHOWN = 25
NAMES = ["sample_id", "label", "formula", "doi"]


def describe_activation(study: Study) -> Section:
    """The section on activation energies."""
    fits = fit_all(study.points)
    reported = read_view(study.engine, "reported_activation_energies")
    compared = compare_energies(fits, reported)
    table = study.samples[NAMES].merge(fits, on="sample_id")
    counts, agreement = {"series": len(fits) // len(FORMS), "reported": len(reported)}, _agreement(compared)
    return Section(
        "activation",
        "Activation energies",
        values={
            "rows": _pair_forms(table, compared)[:MOST_SHOWN],
            **counts,
            "agreement": agreement,
        },
        figures=[draw_lines(trace_series(study.points)), draw_energies(compared)],
        tables={"arrhenius_fits": table, "activation_energies": compared, "reported_energies": reported},
        facts={"activation_energies": counts | agreement},
    )


def _pair_forms(table: pd.DataFrame, compared: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per series with the fits of both forms side by side and the reported energy, if there is one."""
    keys = ["sample_id", "contribution"]
    with_t, without = (table[table["form"].eq(form)] for form in FORMS)
    both = with_t.merge(
        without[[*keys, "activation_energy_ev", "activation_energy_se_ev"]], on=keys, suffixes=("", "_0")
    )
    first = compared.drop_duplicates(keys)[[*keys, "activation_energy_ev"]]
    both = both.merge(first.rename(columns={"activation_energy_ev": "reported_ev"}), on=keys, how="left")
    both = both.sort_values(["reported_ev", "n"], ascending=[True, False], kind="stable", na_position="last")
    return [{str(name): value for name, value in row.items()} for row in both.to_dict("records")]


def _agreement(compared: pd.DataFrame) -> dict[str, Any]:
    """Median absolute difference to the reported energies in eV, for both forms, and how many values it rests on."""
    if compared.empty:
        return {"compared": 0}
    medians = {form: float(compared[f"difference_ev_{form}"].abs().median()) for form in FORMS}
    return {"compared": len(compared), **{f"median_difference_ev_{form}": value for form, value in medians.items()}}
