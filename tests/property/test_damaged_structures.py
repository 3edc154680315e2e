"""Damaged structure files are read or refused in words, never a traceback or a warning."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from etl.structures import read_structure
from sse_db.errors import UnusableStructure

PIECES = [
    b"\n",
    b"'",
    b"loop_\n",
    b";",
    b"nan",
    b"1e999",
    b"-",
    b"?",
    b"data_x\n",
    b"_cell_length_a 0\n",
    b"999999",
    b"\xff",
]
POSCAR = b"LiCl\n1.0\n3.6 0 0\n0 3.6 0\n0 0 3.6\nLi Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n"


def damage(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place, other = chance.randrange(len(damaged)), chance.randrange(len(damaged))
        match chance.randrange(5):
            case 0:
                damaged[place] = chance.randrange(256)
            case 1:
                del damaged[place : place + chance.randint(1, min(60, len(damaged) // 2))]
            case 2:
                damaged[place:place] = chance.choice(PIECES)
            case 3:
                damaged[place:place] = damaged[other : other + 80]
            case 4:
                del damaged[max(place, 20) :]
    return bytes(damaged)


@pytest.mark.parametrize("name", ["LLZO_tetragonal.cif", "POSCAR"])
def test_a_damaged_file_is_read_or_refused_by_name(root: Path, name: str) -> None:
    data = POSCAR if name == "POSCAR" else (root / "seed_data" / "structures" / name).read_bytes()
    chance = random.Random(20)
    refusals = []
    for _ in range(250):
        try:
            assert read_structure(name, damage(data, chance)).density_g_per_cm3 > 0
        except UnusableStructure as refusal:
            refusals.append(str(refusal))
    assert all(words.startswith(f"{name}: ") for words in refusals)
    assert 50 < len(refusals) < 250
