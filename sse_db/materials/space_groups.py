"""Space groups by number, setting and crystal system: the one table of symbols, out of gemmi and pymatgen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sse_db.spelling import plain_label

if TYPE_CHECKING:
    from gemmi import SpaceGroup

_LAST_NUMBERS = {
    "triclinic": 2,
    "monoclinic": 15,
    "orthorhombic": 74,
    "tetragonal": 142,
    "trigonal": 167,
    "hexagonal": 194,
    "cubic": 230,
}
"""The last number of a space group in each crystal system, as the International Tables order them."""
CRYSTAL_SYSTEMS = tuple(_LAST_NUMBERS)
"""From low to high symmetry."""
_SCREW = re.compile(r"\((\d)\)")
_BAR = re.compile(
    r"""
    \$                                       # Ia$\bar{3}$d
    |\\(?:bar|overline)\s*\{?\s*(\d)\s*\}?   # \bar{3}, \overline 3
    |(\d)\u0305|(\d)\u0304|\u0305(\d)        # a combining bar behind the digit, or before it
    """,
    re.VERBOSE,
)
"""A rotoinversion as typeset: a digit below a bar."""
_NUMBER_BEHIND = re.compile(
    r"(.*[^\s,;])[\s,;]*"
    r"(?:\((?:\s*(?:No\.?|Nr\.?|#)\s*)?(\d{1,3})\s*\)"  # Ia-3d (230), Fm-3m (No. 225)
    r"|(?:No\.?|Nr\.?|#)\s*(\d{1,3}))\Z",  # Fm-3m, No. 225
    re.IGNORECASE,
)
"""The number of a group behind its symbol: Ia-3d (230), Fm-3m, No. 225."""
_FULL_ORTHORHOMBIC = re.compile(r"([PABCFI])\s*21?/([a-emn])\s*21?/([a-emn])\s*21?/([a-emn])", re.IGNORECASE)
"""As P 2/m 2/c 21/n, of which the short symbol leaves the axes out."""
_OLD_SETTINGS = {"Z": ":2", "S": ":1", "H": ":H", "R": ":R"}
"""How ICSD names the origin at the centre of symmetry (Z) and the other (S), and the axes of rhombohedral groups."""


def crystal_system(number: int) -> str:
    """The crystal system of a space group number from 1 to 230.

    >>> crystal_system(167)
    'trigonal'
    """
    return next(system for system, last in _LAST_NUMBERS.items() if number <= last)


def describe_space_group(symbol: str) -> tuple[str | None, int | None]:
    """Crystal system and number of a space group symbol in any usual spelling, both None for one that is not known.

    >>> describe_space_group("R -3 c :H")
    ('trigonal', 167)
    """
    found = find_space_group(symbol)
    return (None, None) if found is None else (crystal_system(found.number), found.number)


def find_space_group(symbol: str) -> SpaceGroup | None:
    """The space group that a symbol names, in its first setting; None where no table has it."""
    return next(iter(find_settings(symbol)), None)


@cache
def find_settings(name: str | int, alpha: float = 0.0, gamma: float = 0.0) -> tuple[SpaceGroup, ...]:
    """The settings that a symbol or number leaves open, the likeliest first; none where no table has it.

    Symbols may be short, full or old (``F m 3 m``), spaced or not, in any case, with the setting or origin choice
    behind them (``R -3 c :H``, ``F d -3 m Z``). The angles of the cell (degrees) decide between hexagonal and
    rhombohedral axes where the symbol does not; the origin at the centre of symmetry goes before the other.
    """
    import gemmi

    if isinstance(name, int):
        name = gemmi.find_spacegroup_by_number(name).hm
    for spelling, number in _readings(name):
        found = gemmi.find_spacegroup_by_name(spelling, alpha, gamma, "2H")
        if found is None or number not in (None, found.number):
            continue
        if found.ext == "2" and not re.search(r"[:\s]2\Z", spelling):
            other = gemmi.find_spacegroup_by_name(spelling, alpha, gamma, "1H")
            return (found, other)
        return (found,)
    return ()


def _readings(symbol: str) -> Iterator[tuple[str, int | None]]:
    """The spellings of a symbol, then those of a symbol with the number behind it that the group must have.

    >>> list(_readings("Ia\u22123d (No. 230)"))[-1]
    ('Ia-3d', 230)
    """
    plain = _BAR.sub(lambda bar: "-" + digit if (digit := next(filter(None, bar.groups()), "")) else "", symbol)
    plain = plain_label(unicodedata.normalize("NFKC", plain))
    yield from ((spelling, None) for spelling in _spellings(plain))
    if behind := _NUMBER_BEHIND.fullmatch(plain):
        number = int(behind[2] or behind[3])
        yield from ((spelling, number) for spelling in _spellings(behind[1]))


def _spellings(symbol: str) -> Iterator[str]:
    """The symbol in the spellings that gemmi may know, the likeliest first."""
    plain = _SCREW.sub(r"\1", symbol.replace("_", "").strip())
    plain = re.sub(r"\s+", " ", plain)
    if not plain:
        return
    yield plain
    setting = re.fullmatch(r"(.+?)\s*:?\s*([ZSHR])", plain, re.IGNORECASE)
    if setting:
        yield setting[1] + _OLD_SETTINGS[setting[2].upper()]
        yield setting[1]
    full = _FULL_ORTHORHOMBIC.fullmatch(plain)
    if full:
        yield " ".join(full.groups())
    short = _short_symbols().get(plain.replace(" ", "").casefold())
    if short:
        yield short


@cache
def _short_symbols() -> dict[str, str]:
    """Full symbols, and whatever else pymatgen's tables know, to the short symbol; without blanks, in lower case."""
    from pymatgen.symmetry.groups import SpaceGroup

    names = {**SpaceGroup.full_sg_mapping, **SpaceGroup.abbrev_sg_mapping}
    return {re.sub(r"[\s_]", "", full).casefold(): short.replace("_", "") for full, short in names.items()}
