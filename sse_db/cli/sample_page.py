"""One sample on one page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from sse_db.cli.publication import describe_temperature, show_attachments, show_further_names, show_provenance
from sse_db.cli.render import print_json, print_table, say

Page = dict[str, Any]
HIDDEN = ("id", "publication_id", "composition_id", "batch_id", "source_row", "as_written", "label")


def show_page(page: Page, *, json_output: bool) -> None:
    """Write the page of a sample as JSON or as tables."""
    if json_output:
        spectra = [{name: value for name, value in row.items() if name != "points"} for row in page["fitted_spectra"]]
        print_json(page | {"fitted_spectra": spectra, "history": [asdict(event) for event in page["history"]]})
        return
    _show_head(page)
    _show_steps(page)
    _show_conductivities(page)
    _show_energies(page)
    _show_spectra(page)
    _show_structures(page)
    show_attachments(page["attachments"])
    show_provenance(page)


def _show_head(page: Page) -> None:
    sample, publication = page["sample"], page["publication"]
    names = (publication["first_author"], publication["year"], publication["journal"])
    reference = " ".join(str(part) for part in names if part)
    typer.echo(f"Sample {sample['id']}: {sample['label']}")
    show_further_names([row["label"] for row in page["sample_aliases"]])
    typer.echo(f"Publication {publication['id']}: {publication['doi'] or publication['title']}  {reference}".rstrip())
    typer.echo(f"Review: {_review(publication)}")
    composition = page["composition"]
    if composition is not None:
        elements = "  ".join(f"{symbol} {amount:g}" for symbol, amount in composition["elements"].items())
        typer.echo(f"Composition {composition['id']}: {composition['formula']}  ({elements})")
    told = {name: value for name, value in sample.items() if value is not None and name not in HIDDEN}
    stated = [(name, value) for name, value in told.items() if not (name.endswith("_relation") and value == "=")]
    typer.echo("")
    rows = [(name, value, sample["as_written"].get(name)) for name, value in stated]
    rows.append(("came from", _origin(page, sample), None))
    print_table(("sample", "", "as written"), rows)


def _review(publication: Page) -> str:
    if publication["review_state"] == "draft":
        return "draft"
    own = ", who entered rows of it" if publication["own_review"] else ""
    return f"reviewed by {publication['reviewed_by']}{own} at {publication['reviewed_at']}"


def _origin(page: Page, row: Page) -> str:
    """File and row that a row came from, with its place in the paper."""
    batch = next(each for each in page["batches"] if each["id"] == row["batch_id"])
    where = f"{batch['file']} {row['source_row'] or ''}".rstrip()
    place = row.get("source_location")
    return f"{where}; {place}" if place else where


def _show_steps(page: Page) -> None:
    rows = [
        (row["position"], row["operation"], row["temperature_c"], row["duration_h"], row["atmosphere"],
         row["pressure_mpa"], row["operation_text"], _origin(page, row))
        for row in page["processing_steps"]
    ]  # fmt: skip
    if rows:
        headers = ("step", "operation", "°C", "h", "atmosphere", "MPa", "words", "came from; place")
        print_table(headers, rows, title="Processing")


def _show_conductivities(page: Page) -> None:
    rows = [
        (row["id"], row["contribution"], describe_temperature(row), row["replicate_label"], row["relation"],
         row["conductivity_s_per_cm"], row["uncertainty_s_per_cm"], _basis(row),
         row["as_written"].get("conductivity_s_per_cm"), _origin(page, row))
        for row in page["impedance_measurements"]
    ]  # fmt: skip
    if rows:
        headers = ("id", "contribution", "°C", "replicate", "", "S/cm", "±", "basis", "as written", "came from; place")
        print_table(headers, rows, title="Conductivities")
    fits = [
        (fit["contribution"], fit["form"].replace("sigma_t", "σT").replace("sigma", "σ"), fit["n"],
         f"{fit['lowest_c']:g} … {fit['highest_c']:g}", fit["activation_energy_ev"], fit["activation_energy_se_ev"],
         fit["ln_prefactor"], fit["residual_sd"], fit["outliers"])
        for fit in page["arrhenius"]
    ]  # fmt: skip
    if fits:
        names = ("contribution", "of", "n", "°C", "Ea (eV)", "± (eV)", "ln prefactor", "scatter", "outliers")
        print_table(names, fits, title="Arrhenius fits")
    else:
        say("no Arrhenius fit: fewer than three stated temperatures of one contribution")


def _basis(row: Page) -> str:
    """What is not usual: an assumed contribution, a value that was not measured."""
    usual = ("stated", "measured")
    return ", ".join(row[name] for name in ("contribution_basis", "value_basis") if row[name] not in usual)


def _show_energies(page: Page) -> None:
    rows = [
        (row["id"], row["contribution"], row["replicate_label"], row["relation"], row["activation_energy_ev"],
         row["uncertainty_ev"], _origin(page, row))
        for row in page["activation_energies"]
    ]  # fmt: skip
    if rows:
        headers = ("id", "contribution", "region", "", "eV", "±", "came from; place")
        print_table(headers, rows, title="Activation energies, as reported")


def _show_spectra(page: Page) -> None:
    rows = [
        (row["spectrum_id"], row["spectrum_label"], row["temperature_c"], row["point_count"], row["circuit"],
         row["misfit_percent"], row["accepted_by"], len(row["doubts"] or []) or None)
        for row in page["fitted_spectra"]
    ]  # fmt: skip
    if rows:
        headers = ("id", "spectrum", "°C", "points", "circuit", "misfit %", "accepted by", "doubts")
        print_table(headers, rows, title="Impedance spectra")


def _show_structures(page: Page) -> None:
    edges = ("a_angstrom", "b_angstrom", "c_angstrom")
    rows = [
        (row["id"], row["of"], row["label"], row["space_group_symbol"], *(row[edge] for edge in edges),
         row["formula_units"], _origin(page, row))
        for row in page["structural_records"]
    ]  # fmt: skip
    if rows:
        headers = ("id", "of the", "label", "space group", "a (Å)", "b (Å)", "c (Å)", "Z", "came from; place")
        print_table(headers, rows, title="Structure")
    known = {name: value for name, value in page["descriptors"].items() if value is not None}
    missing = [name for name in page["descriptors"] if name not in known]
    print_table(("descriptor", ""), known.items(), title="Descriptors, as models see them")
    if missing:
        say(f"descriptors not known: {', '.join(missing)}")
