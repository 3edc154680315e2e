"""Accepted fits on their way into the database: the spectrum, its fit, and the conductivities of the sample that it
gives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft, Intake, SampleKey, publication_key
from etl.spectra.points import RawSpectrum
from sse_db.about import VERSION
from sse_db.errors import AlreadyThere
from sse_db.records.keys import Row, fetch, name_rows
from sse_db.records.references import find_row
from sse_db.vocabulary import Contribution, ContributionBasis, Relation, ValueBasis

FORMAT = "spectrum"
MEASUREMENTS = "impedance_measurements"
CONTRIBUTIONS = (Contribution.BULK, Contribution.GRAIN_BOUNDARY, Contribution.TOTAL)


@dataclass(frozen=True)
class AcceptedFit:
    """A fit as plain values (``analysis.spectra.analyse.record_of``), by whom accepted, and which conductivities are
    taken."""

    record: Mapping[str, Any]
    accepted_by: str
    contributions: tuple[Contribution, ...] = CONTRIBUTIONS


@dataclass(frozen=True)
class SampleHome:
    """The sample that spectra belong to, as the database knows it."""

    key: SampleKey
    row: Row = field(default_factory=dict)


def find_sample(engine: sa.Engine, reference: str) -> SampleHome:
    """The sample that a number or label means; raises NotFound, also where several may be meant."""
    with engine.connect() as connection:
        row = find_row(connection, "samples", reference)
        home = fetch(connection, "publications", "id", [row["publication_id"]])[0]
    key = (publication_key(home["doi"], home["title_key"], home["year"]), row["label"])
    return SampleHome(key, row)


def refuse_other_homes(engine: sa.Engine, spectra: list[RawSpectrum], sample: SampleHome) -> None:
    """Raise AlreadyThere for a spectrum that belongs to another sample."""
    keys = {raw.key: raw for raw in spectra}
    with engine.connect() as connection:
        for row in fetch(connection, "impedance_spectra", "spectrum_key", keys):
            if row["sample_id"] != sample.row["id"]:
                home = name_rows(connection, [("samples", fetch(connection, "samples", "id", [row["sample_id"]])[0])])[
                    0
                ]
                raise AlreadyThere(
                    f"{keys[row['spectrum_key']].label} is a spectrum of {home} already",
                    f"if that is wrong, take it back first: sse-db undo {row['batch_id']}",
                )


def make_intake(spectra: list[tuple[RawSpectrum, AcceptedFit | None]], sample: SampleHome) -> Intake:
    """All spectra of one file as drafts; a spectrum without an accepted fit comes in alone."""
    first = spectra[0][0]
    intake = Intake(first.file_name, first.file_sha256, FORMAT)
    for raw, accepted in spectra:
        intake.add(_spectrum_draft(raw, sample))
        intake.doubts += raw.doubts
        if accepted is not None:
            _add_fit(intake, raw, accepted, sample)
    return intake


def _spectrum_draft(raw: RawSpectrum, sample: SampleHome) -> Draft:
    known = raw.conditions
    points = {
        "frequency_hz": raw.frequency_hz.tolist(),
        "z_real_ohm": raw.impedance_ohm.real.tolist(),
        "z_imaginary_ohm": raw.impedance_ohm.imag.tolist(),
    }
    values = {
        "spectrum_key": raw.key,
        "label": raw.label,
        "instrument": raw.instrument,
        "measured_at": known.measured_at,
        "temperature_c": known.temperature_c,
        "temperature_basis": str(known.temperature_basis),
        "pellet_diameter_mm": known.diameter_mm,
        "pellet_thickness_mm": known.thickness_mm,
        "point_count": len(raw.frequency_hz),
        "lowest_frequency_hz": float(raw.frequency_hz.min()),
        "highest_frequency_hz": float(raw.frequency_hz.max()),
        "points": json.dumps(points, separators=(",", ":")),
        "reading": json.dumps([doubt.message for doubt in raw.doubts], ensure_ascii=False) if raw.doubts else None,
        "file_name": raw.file_name,
        "file_sha256": raw.file_sha256,
    }
    return Draft(
        "impedance_spectra", (sample.key, raw.key), values, {"sample_id": sample.key}, source_row=raw.section or None
    )


def fit_key(record: Mapping[str, Any]) -> str:
    """What a fit of a spectrum is known by: circuit, weighting and points left out."""
    left_out = json.dumps(record["left_out"])
    digest = hashlib.sha256(left_out.encode()).hexdigest()[:12] if record["left_out"] else "all"
    return f"{record['circuit']}|{record['weighting']}|{digest}"


def _add_fit(intake: Intake, raw: RawSpectrum, accepted: AcceptedFit, sample: SampleHome) -> None:
    record, key = accepted.record, fit_key(accepted.record)
    home = (sample.key, raw.key)
    parents: dict[str, Any] = {"spectrum_id": home}
    for contribution in accepted.contributions:
        found = record["conductivities_s_per_cm"].get(str(contribution))
        if found is not None:
            measurement = _measurement_draft(raw, record, contribution, found, sample)
            intake.add(measurement)
            parents[f"{contribution}_measurement_id"] = measurement.key
    estimates = ("grain_boundary_conductivity_s_per_cm2", "brick_layer_conductivity_s_per_cm")
    values = {
        "fit_key": key,
        **{name: record[name] for name in ("circuit", "circuit_basis", "weighting")},
        **{
            name: _significant(record[name])
            for name in ("misfit_percent", "kramers_kronig_percent", "information_criterion")
        },
        "points_failing": record["points_failing"],
        "left_out": json.dumps(record["left_out"]) if record["left_out"] else None,
        "parameters": json.dumps(record["parameters"]),
        "correlations": json.dumps(record["correlations"]),
        "arcs": json.dumps(record["arcs"], ensure_ascii=False),
        "doubts": json.dumps(record["doubts"], ensure_ascii=False) if record["doubts"] else None,
        **{name: record[name]["value"] for name in estimates if record[name]},
        "accepted_by": accepted.accepted_by,
        "software_version": VERSION,
    }
    intake.add(Draft("spectrum_fits", (home, key), values, parents, source_row=raw.section or None))


def _measurement_draft(
    raw: RawSpectrum,
    record: Mapping[str, Any],
    contribution: Contribution,
    found: Mapping[str, Any],
    sample: SampleHome,
) -> Draft:
    """A conductivity of the sample; its replicate label names the spectrum, so that it never meets a published
    value."""
    known = raw.conditions
    is_doubtful = any(arc["doubt"] for arc in record["arcs"])
    basis = ContributionBasis.ASSUMED if is_doubtful else ContributionBasis.STATED
    values = {
        "contribution": str(contribution),
        "contribution_basis": str(basis),
        "temperature_c": known.temperature_c,
        "temperature_basis": str(known.temperature_basis),
        "replicate_label": f"spectrum {raw.label}",
        "conductivity_s_per_cm": _significant(found["value"]),
        "relation": str(Relation.EQUAL),
        "uncertainty_s_per_cm": _significant(found["standard_error"]),
        "value_basis": str(ValueBasis.MEASURED),
        "source_location": f"fit of {record['circuit']} to {raw.label}",
        "source_kind": "impedance spectrum",
        "remark": "; ".join(record["doubts"]) or None,
    }
    key = (sample.key, str(contribution), known.temperature_c, str(known.temperature_basis), values["replicate_label"])
    return Draft(MEASUREMENTS, key, values, {"sample_id": sample.key}, source_row=raw.section or None)


def _significant(value: float | None) -> float | None:
    """Six significant digits: what a fit gives beyond them differs from machine to machine."""
    return None if value is None else float(f"{value:.6g}")
