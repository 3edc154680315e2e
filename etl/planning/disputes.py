"""Values in dispute that are skipped: they stay as the database has them, and all else of the file comes in."""

from __future__ import annotations

import json
from dataclasses import replace

from etl.drafts import Skipped
from etl.planning.plan import Outcome, Plan, RowChange
from sse_db.errors import Problem

COMPANIONS = (
    {"grain_size_um", "grain_size_relation", "grain_size_lower_um", "grain_size_upper_um", "grain_size_basis"},
    {"relative_density_percent", "relative_density_relation"},
    {"additive_present", "additive_formula", "additive_wt_percent"},
    {"composition_id", "formula_as_written"},
    {"synthesis_method", "synthesis_method_text"},
    {"space_group_symbol", "space_group_number"},
    {"operation", "operation_text"},
    {"title", "title_key"},
    {
        "conductivity_s_per_cm", "relation", "uncertainty_s_per_cm", "value_basis", "source_location", "source_kind",
        "source_url", "compiled_via", "confidence",
    },
    {"activation_energy_ev", "relation", "uncertainty_ev", "source_location"},
)  # fmt: skip
"""Columns that say one thing together: where one of them is in dispute, the others stay with it."""


def keep_disputed(plan: Plan) -> list[Skipped]:
    """Take the columns in dispute out of a plan; returns what was skipped, one entry a value."""
    for change in plan.of(Outcome.CONFLICT):
        _keep(change)
    _drop_unused_compositions(plan)
    return [Skipped(problem.cell or "", problem.message) for problem in plan.conflicts]


def _keep(change: RowChange) -> None:
    disputed = set(change.conflicts)
    kept = disputed.union(*(group for group in COMPANIONS if group & disputed))
    if "as_written" in change.after:
        stored, merged = (json.loads(image["as_written"] or "{}") for image in (change.before, change.after))
        texts = {name: text for name, text in merged.items() if name not in kept}
        texts |= {name: text for name, text in stored.items() if name in kept}
        change.after["as_written"] = json.dumps(texts, ensure_ascii=False, sort_keys=True) if texts else None
        kept |= {"as_written"} if texts == stored else set()
    change.base.update({name: value for name, value in change.before.items() if name in kept})
    change.before = {name: value for name, value in change.before.items() if name not in kept}
    change.after = {name: value for name, value in change.after.items() if name not in kept}


def _drop_unused_compositions(plan: Plan) -> None:
    """New compositions that only a skipped formula brought do not come in."""
    used = {row.get("composition_id") for each in plan.changes
            if each.table in ("samples", "structural_records") for row in (each.base, each.after)}  # fmt: skip
    gone = {each.row_id for each in plan.of(Outcome.ADDED) if each.table == "compositions"} - used
    plan.changes = [
        each for each in plan.changes
        if not (each.table == "compositions" and each.row_id in gone)
        and not (each.table == "composition_elements" and each.after.get("composition_id") in gone)
    ]  # fmt: skip


def tell_skipped(problem: Problem) -> Problem:
    """A conflict as what was done about it."""
    return replace(problem, severity="doubt", hint="skipped; to replace the old value: --on-conflict update")
