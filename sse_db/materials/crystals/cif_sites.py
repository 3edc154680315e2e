"""The atom list of a CIF, row by row: elements, coordinates and occupancies, or why a row cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.cif_syntax import NULLS, CifBlock, read_number
from sse_db.materials.crystals.parsed import Remarks

MOST_ROWS = 2_000
ROW_ITEMS = (
    "_atom_site_type_symbol",
    "_atom_site_fract_x",
    "_atom_site_fract_y",
    "_atom_site_fract_z",
    "_atom_site_occupancy",
    "_atom_site_calc_flag",
    "_atom_site_attached_hydrogens",
    "_atom_site_symmetry_multiplicity",
    "_atom_site_site_symmetry_multiplicity",
)
"""What is read of a row; all of it has to stand in the loop of the labels."""
HARMLESS_ITEMS = re.compile(
    r"_atom_site_(aniso|moment|fourier|rotation|displace|u_|b_|wyckoff|disorder|refinement_flags|adp_type|thermal_displace"
    r"|calc_attached|chemical_conn|constraints|restraints|description|cartn_|site_symmetry_order|label_component"
    r"|type_symbol|label|id$|index$|fract_symmform|oxidation_number|symmetry_multip|.*_su$)"
)
"""Items of an atom row that say nothing about which atom is where, as the core dictionary and common programs name
them; another one is told, because it may be one of ours with a slip of the pen."""
HEAVIEST = 96
"""Curium; symbols of heavier elements are groups and words in these files (NO3, BH4, Cn)."""
_CHARGE = re.compile(r"(\d*(\.\d+)?[+-]\d*|[+-]?\d+)?")
"""What may follow an element in a type symbol: Li+, O2-, O-2, Mn3.5+, and the number of a label written again."""
_LABEL = re.compile(r"([A-Za-z]+)(.*)", re.DOTALL)
_ALTERNATIVE = re.compile(r"[/,+&;:|-]\s*[A-Za-z]")
"""Behind an element, another one: Cl/Br, O-H1."""
_GROUP = re.compile(r"\d+([A-Z][a-z]?)\d+")
"""Behind an element and in front of nothing else, more of a group: P2S6."""
_BOUND_HYDROGEN = re.compile(r"(B|C|N|O)-?[HD]\d*(?![a-z])")
"""An atom with hydrogen bound to it as one row: OH1, O-H1, NH4."""
_EMPTY_SITE = re.compile(r"vac|void|dum", re.IGNORECASE)
_SITE_LETTERS = "abcdw"
"""Small letters that name a site behind an element (Oa, Ow for water); others go on with a word (Cat, Pos)."""
_NO_ATOM = frozenset(
    {"va", "vac", "vacancy", "void", "vc", "vd", "wa", "wat", "water", "oh", "oh2", "du", "dum", "dummy", "cent", "cnt"}
)
"""Words that labels begin with where no single atom stands: vacancies, groups, centres of gravity."""


@dataclass(frozen=True, slots=True)
class Site:
    """One row of the atom list."""

    row: int
    label: str
    element: str
    coordinates: tuple[float, float, float]
    occupancy: float
    attached_hydrogens: float = 0.0


def read_sites(name: str, block: CifBlock, remarks: Remarks) -> list[Site]:
    """The rows of the atom list; raises UnusableStructure with the label of the row that cannot be used.

    Rows that the file itself marks as dummies are left out with a remark; hydrogens attached to an atom without
    coordinates of their own are counted, not placed.
    """
    labels = block.column("_atom_site_label")
    if labels is None:
        raise UnusableStructure(f"{name}: the atoms are not in a loop", "list them under loop_ with _atom_site_label")
    if len(labels) > MOST_ROWS:
        raise UnusableStructure(f"{name}: {len(labels)} atom rows are too many (at most {MOST_ROWS})")
    columns = {item: _column_beside_labels(name, block, item) for item in ROW_ITEMS}
    flags, symbols = columns["_atom_site_calc_flag"], columns["_atom_site_type_symbol"]
    capitals = _is_in_capitals(symbols or labels)
    formula = block.first("_chemical_formula_sum") or ""
    _tell_unknown_items(block, remarks)
    sites = []
    for row, label in enumerate(labels):
        if flags and flags[row].casefold() == "dum":
            remarks.add("dummy-atom", f"site {label} is marked as a dummy atom: left out")
            continue
        element = _find_element(name, label, symbols[row] if symbols else None, capitals=capitals, formula=formula)
        if _EMPTY_SITE.search(label) or (not formula and _names_another(label, element)):
            remarks.add("label", f"site {label} is called so, its type symbol is {element}: read as {element}")
        coordinates = _read_coordinates(name, columns, row, label)
        occupancy = _read_occupancy(name, columns["_atom_site_occupancy"], row, label, remarks)
        hydrogens = _read_hydrogens(name, columns["_atom_site_attached_hydrogens"], row, label, remarks)
        sites.append(Site(row, label, element, coordinates, occupancy, hydrogens))
    if not sites:
        raise UnusableStructure(f"{name}: there are no atoms in it", "a CIF of a structure lists _atom_site_label")
    return sites


def _tell_unknown_items(block: CifBlock, remarks: Remarks) -> None:
    for item in block.items:
        if item.startswith("_atom_site_") and item not in ROW_ITEMS and not HARMLESS_ITEMS.match(item):
            remarks.add("unknown-item", f"{item} is no known item of an atom: not read")


def _column_beside_labels(name: str, block: CifBlock, item: str) -> list[str] | None:
    column = block.column(item)
    if column is None:
        if item in block.items:
            raise UnusableStructure(f"{name}: {item} is not in the loop of the atoms", "one row has one value")
        return None
    if block.loops[item] != block.loops["_atom_site_label"]:
        message = f"{name}: {item} stands in another loop than _atom_site_label"
        raise UnusableStructure(message, "join the two loops: which value belongs to which atom is not certain")
    return column


def _is_in_capitals(words: list[str]) -> bool:
    return not any(letter.islower() for word in words for letter in word)


def _find_element(name: str, label: str, symbol: str | None, *, capitals: bool, formula: str) -> str:
    """The element of a row, from its type symbol or else its label; refuses groups, words and vacancies."""
    if symbol in NULLS:
        symbol = None
    words = _elements_of_label(label) if symbol is None else _elements_of_symbol(symbol)
    for word in words:
        if _needs_formula(word, symbol or label, capitals=capitals) and not _names(formula, word):
            continue
        return "H" if word == "D" else word
    shown = f"{label} ({symbol})" if symbol and symbol != label else label
    message = f"{name}: site {shown}: no element of that name"
    if bound := _BOUND_HYDROGEN.match(symbol or label):
        message += f", but {bound[1]} with H that is not located"
        hint = f"call it {bound[1]}1; H stays in the formula alone, which is then doubted, or gets rows of its own"
        raise UnusableStructure(message, hint)
    raise UnusableStructure(message, "give one element symbol per row")


def _elements_of_symbol(symbol: str) -> Iterator[str]:
    """What a type symbol may mean: one element, in any case, with its charge."""
    parts = _LABEL.fullmatch(symbol.strip())
    if parts and _CHARGE.fullmatch(parts[2].strip()) and is_element(parts[1].title()):
        yield parts[1].title()


def _elements_of_label(label: str) -> Iterator[str]:
    """What a label may mean: an element, behind it a number, a bracket, or the letters of a site (O1A, CaM2, Ow1)."""
    parts = _LABEL.fullmatch(label.strip())
    if not parts or parts[1].casefold() in _NO_ATOM:
        return
    letters, behind = parts[1], parts[2]
    group = _GROUP.fullmatch(behind)
    if label in ("H2O", "D2O") or _ALTERNATIVE.match(behind) or _EMPTY_SITE.search(label):
        return
    if group and is_element(group[1]):
        return
    if is_element(letters.title()):
        yield letters.title()
    for length in (2, 1):
        word, site = letters[:length].title(), letters[length:]
        if site and is_element(word) and _is_site_name(site):
            yield word


def _names_another(label: str, element: str) -> bool:
    """Whether a label stands for other elements only than the type symbol; with a formula, that decides."""
    named = {"H" if word == "D" else word for word in _elements_of_label(label)}
    return bool(named) and element not in named


def _is_site_name(letters: str) -> bool:
    """Whether letters behind an element name a site: one or two capitals that are no element themselves, or one small
    letter of a few; NO3, BH4 and Vac go on with more atoms or more of a word."""
    if letters.isupper() and len(letters) <= 2:
        return not any(is_element(letter) for letter in letters) and not is_element(letters.title())
    return letters in tuple(_SITE_LETTERS)


def _needs_formula(element: str, word: str, *, capitals: bool) -> bool:
    """Whether a word stands for its element only where the file's formula has it: two capitals that are two elements
    as well (CO, SN), or capitals in a file that does not write all symbols so."""
    letters = "".join(letter for letter in word if letter.isalpha())[: len(element)]
    if len(element) == 1 or letters == element:
        return False
    return (not capitals and letters.isupper()) or all(is_element(letter.upper()) for letter in letters)


def _names(formula: str, element: str) -> bool:
    return re.search(rf"{element}(?![a-z])", formula) is not None


@cache
def is_element(word: str) -> bool:
    """Whether a word is the symbol of an element up to curium, or of deuterium, in its own case; T is a site."""
    from pymatgen.core import Element

    return word != "T" and Element.is_valid_symbol(word) and Element(word).Z <= HEAVIEST


def _read_coordinates(
    name: str, columns: dict[str, list[str] | None], row: int, label: str
) -> tuple[float, float, float]:
    found = []
    for axis in "xyz":
        column = columns[f"_atom_site_fract_{axis}"]
        value = read_number(column[row]) if column else None
        if value is None:
            message = f"{name}: site {label} has no readable coordinate {axis}"
            raise UnusableStructure(message, "give fractional coordinates of every site")
        found.append(value)
    return found[0], found[1], found[2]


def _read_occupancy(name: str, column: list[str] | None, row: int, label: str, remarks: Remarks) -> float:
    text = "." if column is None else column[row]
    if text in NULLS:
        if text == "?":
            remarks.add("occupancy-unknown", f"site {label}: its occupancy is not known, taken as 1")
        return 1.0
    occupancy = read_number(text)
    if occupancy is None or not 0 <= occupancy <= 10:
        raise UnusableStructure(f"{name}: site {label} has the occupancy {text}", "it lies between 0 and 1")
    return occupancy


def _read_hydrogens(name: str, column: list[str] | None, row: int, label: str, remarks: Remarks) -> float:
    """Hydrogens that a row counts beside its atom; not stated is none."""
    text = "." if column is None else column[row]
    if text in NULLS:
        return 0.0
    count = read_number(text)
    if count is None or not 0 <= count <= 4:
        raise UnusableStructure(f"{name}: site {label} has {text} attached hydrogens", "give a number from 0 to 4")
    if count:
        remarks.add("hydrogen-not-placed", f"site {label}: {count:g} H without coordinates: not in the structure")
    return count
