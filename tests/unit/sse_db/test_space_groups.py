"""Symbols of space groups as sheets and structure files write them."""

from __future__ import annotations

import pytest

from sse_db.materials.space_groups import describe_space_group


@pytest.mark.parametrize(
    ("symbol", "system", "number"),
    [
        ("Ia-3d", "cubic", 230),
        ("R-3c", "trigonal", 167),
        ("R -3 c H", "trigonal", 167),
        ("P6_3/mmc", "hexagonal", 194),
        ("P63/mmc", "hexagonal", 194),
        ("P2/m2/m2/m", "orthorhombic", 47),
        ("I41/acd", "tetragonal", 142),
        ("P21/c", "monoclinic", 14),
        ("LLZO", None, None),
        ("", None, None),
    ],
)
def test_symbol_gives_crystal_system_and_number(symbol: str, system: str | None, number: int | None) -> None:
    assert describe_space_group(symbol) == (system, number)


@pytest.mark.parametrize(
    ("symbol", "number"),
    [
        ("Ia\u22123d", 230), ("Ia3\u0305d", 230), (r"Ia$\bar{3}$d", 230), ("Ia-3d (230)", 230), ("P6₃/mmc", 194),
        ("Fm-3m, No. 225", 225), ("P2(1)", 4), ("Ia-3d (142)", None), ("cubic", None),
    ],
)  # fmt: skip
def test_typeset_symbols_and_numbers_behind_them_are_read(symbol: str, number: int | None) -> None:
    assert describe_space_group(symbol)[1] == number
