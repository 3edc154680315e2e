"""How the values of a target came about: stated, assumed or derived, and at which temperature."""

from __future__ import annotations

import pandas as pd

from analysis.data.targets import Target, leave_ruled_out

BASES = ("stated", "assumed", "derived", "interpolated")
TEMPERATURES = ("stated", "room_temperature")
MEASURED_BASES = ("stated", "assumed")


def count_bases(rows: pd.DataFrame, near: pd.DataFrame, target: Target) -> dict[str, int]:
    """How many of a target's values stand on which basis.

    ``rows`` are those of its view with a value, ruled by rounding or not; ``near`` those of the view
    ``room_temperature_conductivity``. Counted are values in training by basis and by the basis of their temperature
    (``at_stated``, ``at_room_temperature``: nominal, no number was given), and ``rounding_ruled``, which are left out:
    derived as the small difference of two rounded numbers.
    """
    part = target.contribution
    known = leave_ruled_out(rows, target)
    bases = known[f"{part}_basis"].value_counts()
    measured = known.loc[known[f"{part}_basis"].ne("interpolated"), "sample_id"]
    temperatures = near.set_index("sample_id").loc[measured, f"{part}_temperature_basis"].value_counts()
    return {
        "n": len(known),
        **{basis: int(bases.get(basis, 0)) for basis in BASES},
        "rounding_ruled": len(rows) - len(known),
        **{f"at_{basis}": int(temperatures.get(basis, 0)) for basis in TEMPERATURES},
    }


def find_measured(rows: pd.DataFrame, target: Target) -> frozenset[int] | None:
    """The samples whose value is neither derived nor interpolated; None where that holds of all."""
    measured = rows[f"{target.contribution}_basis"].isin(MEASURED_BASES)
    return None if measured.all() else frozenset(rows.loc[measured, "sample_id"])
