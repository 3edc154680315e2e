"""Temperatures that many places need: the zero of Celsius, room temperature, and what counts as near it.

SQL files write the windows as numbers; a test compares them with these.
"""

from __future__ import annotations

ZERO_CELSIUS_K = 273.15
ROOM_TEMPERATURE_C = 25.0
"""What a nominal room temperature is stored as."""

NEAR_ROOM_C = (24.0, 30.0)
"""Values in this window, ends included, stand for room temperature in the views and are learnt from
(docs/decisions/0003): narrow below, for papers measure at 25 °C; up to 30 °C, where many start their series."""

COMPARED_C = (20.0, 30.0)
"""Values in this window are taken for the same temperature where two sources are compared: compilations round to it."""


def near_room(temperature_c: float | None) -> bool:
    """Whether a value at this temperature (°C) stands for room temperature."""
    return temperature_c is not None and NEAR_ROOM_C[0] <= temperature_c <= NEAR_ROOM_C[1]
