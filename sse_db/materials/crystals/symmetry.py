"""The symmetry of a structure file: the operations that apply to its atoms, and the space group they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.cif_syntax import CifBlock, read_number
from sse_db.materials.space_groups import find_settings, find_space_group

if TYPE_CHECKING:
    import gemmi
    from pymatgen.core import Lattice

    from sse_db.materials.crystals.parsed import ParsedStructure, Remarks

OPERATION_ITEMS = (
    "_space_group_symop_operation_xyz",
    "_symmetry_equiv_pos_as_xyz",
    "_space_group_symop_sg_operation_xyz",
)
SYMBOL_ITEMS = (
    "_space_group_name_H-M_alt",
    "_symmetry_space_group_name_H-M",
    "_space_group_name_H-M_ref",
    "_space_group_name_H-M_full",
    "_space_group_name_H-M",
)
NUMBER_ITEMS = ("_space_group_IT_number", "_symmetry_Int_Tables_number")
HALL_ITEMS = ("_space_group_name_Hall", "_symmetry_space_group_name_Hall")
OTHER_SYMMETRY = ("_space_group_symop_magn_", "_space_group_ssg_", "_space_group_symop_ssg_", "_space_group_magn")
"""Magnetic and superspace groups, which are not read."""
MOST_OPERATIONS = 1_000
"""Five times what any space group has in its largest centred cell; all pairs of them are multiplied."""
METRIC_SLACK = 0.005
"""Relative; how far a cell may be from the shape that its symmetry asks for."""
METRIC_LIMIT = 0.1
"""Relative; beyond, the operations belong to another cell."""
_TRIPLET = re.compile(r"[xyz\d\s+\-*/.,]+")


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Operations as rotations (n × 3 × 3) and translations (n × 3), what they were taken from, and the space group."""

    rotations: np.ndarray
    translations: np.ndarray
    setting: str
    symbol: str | None = None
    number: int | None = None


def find_symmetries(name: str, block: CifBlock, lattice: Lattice, remarks: Remarks) -> list[Symmetry]:
    """The operations of a CIF: those that it lists; else of its Hall or Hermann–Mauguin symbol or its number, several
    where these leave the setting open; P1 with a remark where it says nothing. Raises UnusableStructure for what
    cannot be read."""
    listed = _read_operations(name, block)
    if listed:
        symmetries = [_from_operations(listed, "the operations listed")]
    else:
        symmetries = [
            _from_operations(list(operations), setting)
            for setting, operations in _find_named(name, block, lattice, remarks)
        ]
    for symmetry in symmetries:
        check_operations(name, symmetry)
        _compare_metric(name, symmetry, np.array(lattice.metric_tensor), remarks)
    return symmetries


def _from_operations(operations: list[gemmi.Op], setting: str) -> Symmetry:
    unique = list({operation.wrap().triplet(): operation.wrap() for operation in operations}.values())
    rotations = np.array([operation.rot for operation in unique]) / unique[0].DEN
    translations = np.array([operation.tran for operation in unique]) / unique[0].DEN
    return Symmetry(rotations, translations, setting)


def _read_operations(name: str, block: CifBlock) -> list[gemmi.Op]:
    found: list[list[gemmi.Op]] = []
    for item in OPERATION_ITEMS:
        value = block.items.get(item)
        if value is None:
            continue
        texts = [text for text in ([value] if isinstance(value, str) else value) if text not in ("", ".", "?")]
        if texts:
            found.append([_read_operation(name, text) for text in texts])
    for other in found[1:]:
        if {each.wrap().triplet() for each in other} != {each.wrap().triplet() for each in found[0]}:
            raise UnusableStructure(f"{name}: two lists of symmetry operations differ", "leave one of them out")
    return found[0] if found else []


def _read_operation(name: str, text: str) -> gemmi.Op:
    import gemmi

    plain = text.lower().strip("'\" ")
    try:
        if not _TRIPLET.fullmatch(plain):
            raise ValueError(plain)
        return gemmi.Op(plain.replace(" ", ""))
    except (ValueError, RuntimeError) as error:
        message = f"{name}: the symmetry operations cannot be read: {text[:40]}"
        raise UnusableStructure(message, "write them as x, y, z") from error


def _find_named(name: str, block: CifBlock, lattice: Lattice, remarks: Remarks) -> list[tuple[str, gemmi.GroupOps]]:
    """Settings and operations by the names that a CIF gives its space group."""
    import gemmi

    hall = block.first(*HALL_ITEMS)
    if hall is not None:
        try:
            return [(hall, gemmi.symops_from_hall(hall.replace("_", " ")))]
        except (ValueError, RuntimeError):
            remarks.add("space-group-unknown", f"the Hall symbol {hall} of the space group is not known")
    symbol = block.first(*SYMBOL_ITEMS)
    numbers = _read_numbers(block)
    number = next((each for each in numbers.values() if each is not None), None)
    alpha, _, gamma = lattice.angles
    settings = find_settings(symbol, alpha, gamma) if symbol else []
    stated = symbol or hall or next(iter(numbers), None)
    if stated and not settings and number is None:
        message = f"{name}: the space group {stated} is not known, and no symmetry operations are listed"
        raise UnusableStructure(message, "list the operations under _space_group_symop_operation_xyz")
    if not settings and number is not None:
        settings = find_settings(number, alpha, gamma)
        known = f"the space group {symbol} is not known, number {number} is" if symbol else f"only the number {number}"
        text = f"{known} given without symmetry operations: read in the setting {settings[0].xhm()}"
        remarks.add("setting", text)
    if not settings:
        _refuse_other_symmetry(name, block)
        remarks.add("no-symmetry", "the file gives neither space group nor symmetry operations: read as P1")
        settings = find_settings("P 1")
    return [(setting.xhm(), setting.operations()) for setting in settings]


def _refuse_other_symmetry(name: str, block: CifBlock) -> None:
    item = next((item for item in block.items if item.startswith(OTHER_SYMMETRY)), None)
    if item:
        message = f"{name}: its symmetry is that of a magnetic or superspace group ({item}), which is not read"
        raise UnusableStructure(message, "give the average nuclear structure in an ordinary space group")


def _read_numbers(block: CifBlock) -> dict[str, int | None]:
    """The texts that a CIF gives for the number of its space group, None for one that is no number from 1 to 230."""
    found: dict[str, int | None] = {}
    for _, text in block.texts(NUMBER_ITEMS):
        value = read_number(text)
        is_group = value is not None and value.is_integer() and 1 <= value <= 230
        found[text] = int(value or 0) if is_group else None
    return found


def check_operations(name: str, symmetry: Symmetry) -> None:
    """Refuse symmetry operations that are no rotations, or no group: with one lost, atoms would be missing."""
    rotations, translations = symmetry.rotations, symmetry.translations
    if len(rotations) > MOST_OPERATIONS:
        message = f"{name}: {len(rotations)} symmetry operations are too many (at most {MOST_OPERATIONS})"
        raise UnusableStructure(message, "no space group has more than 192")
    for rotation, translation, determinant in zip(rotations, translations, np.linalg.det(rotations), strict=True):
        if not abs(abs(determinant) - 1) < 1e-6:
            shown = _write_operation(rotation, translation)
            raise UnusableStructure(f"{name}: a symmetry operation is read as {shown}", "check the symmetry operations")
    own = _code(rotations, translations)
    products = (rotations[:, None] @ rotations[None, :]).reshape(-1, 3, 3)
    shifts = (np.einsum("iab,jb->ija", rotations, translations) + translations[:, None]).reshape(-1, 3)
    closed = np.concatenate([own, _code(products, shifts)])
    if len(np.unique(closed)) > len(np.unique(own)):
        message = f"{name}: the {len(rotations)} symmetry operations form no group"
        raise UnusableStructure(message, "one is missing or mistyped")


def _write_operation(rotation: np.ndarray, translation: np.ndarray) -> str:
    from pymatgen.core.operations import SymmOp

    return str(SymmOp.from_rotation_and_translation(rotation, translation).as_xyz_str())


def _code(rotations: np.ndarray, translations: np.ndarray) -> np.ndarray:
    """Operations as one integer each; translations, multiples of 1/24 in every space group, modulo the lattice."""
    digits = np.hstack([rotations.reshape(-1, 9).round() + 12, (translations * 24).round() % 24]).astype(np.int64)
    return digits @ 25 ** np.arange(12, dtype=np.int64)  # sorting numbers is ten times as fast as sorting rows


def _compare_metric(name: str, symmetry: Symmetry, metric: np.ndarray, remarks: Remarks) -> None:
    """A remark where the cell has not the shape that the operations ask for: each leaves lengths as they are."""
    turned = np.einsum("nji,jk,nkl->nil", symmetry.rotations, metric, symmetry.rotations)
    edges = np.sqrt(np.diag(metric))
    furthest = float((np.abs(turned - metric) / np.outer(edges, edges)).max())
    text = f"the cell has not the shape that {symmetry.setting} asks for (off by {furthest:.1%})"
    if furthest > METRIC_LIMIT:
        raise UnusableStructure(f"{name}: {text}", "check cell, axes and setting of the space group")
    if furthest > METRIC_SLACK:
        remarks.add("cell-shape", text)


def read_space_group(parsed: ParsedStructure) -> Symmetry:
    """The symmetry with symbol and number of the space group: as declared, unless the operations contradict it.

    Groups are compared by number, whatever the spelling of the symbol.
    """
    symmetry, block, remarks = parsed.symmetry, parsed.block, parsed.remarks
    assert symmetry is not None
    symbols = list(dict.fromkeys(text for _, text in block.texts(SYMBOL_ITEMS)))
    known = {symbol: group.number for symbol in symbols if (group := find_space_group(symbol))}
    for unknown in set(symbols) - known.keys():
        remarks.add("space-group-unknown", f"the space group symbol {unknown} is not known")
    symbol = next(iter(known), next(iter(symbols), None))
    by_symbol = known.get(symbol or "")
    known |= {hall: number for _, hall in block.texts(HALL_ITEMS) if (number := _number_of_hall(hall))}
    stated_numbers = _read_numbers(block)
    for unknown in (text for text, number in stated_numbers.items() if number is None):
        remarks.add("space-group-unknown", f"the space group number {unknown} is none of 1 to 230")
    numbers = {number for number in stated_numbers.values() if number is not None}
    if len({*known.values(), *numbers}) > 1:
        shown = ", ".join([f"{symbol} (number {number})" for symbol, number in known.items()])
        stated = ", ".join(str(number) for number in sorted(numbers))
        remarks.add("space-group", f"space group {shown} is declared, the file states {stated or 'both'}")
    found = _group_number(symmetry, parsed.structure.lattice.matrix)
    declared = by_symbol or min(numbers, default=None)
    return _settle(symmetry, _plain(symbol), declared, by_symbol, found, remarks)


def _number_of_hall(symbol: str) -> int | None:
    import gemmi

    try:
        group = gemmi.find_spacegroup_by_ops(gemmi.symops_from_hall(symbol.replace("_", " ")))
    except (ValueError, RuntimeError):
        return None
    return None if group is None else int(group.number)


def _plain(symbol: str | None) -> str | None:
    return re.sub(r"\s+", "", symbol) if symbol else None


def _settle(
    symmetry: Symmetry,
    symbol: str | None,
    declared: int | None,
    by_symbol: int | None,
    found: int | None,
    remarks: Remarks,
) -> Symmetry:
    """One group out of the declared one and that of the operations."""
    if declared is None:
        # what nobody declares is the group of the operations; P1 is no statement
        return replace(symmetry, symbol=symbol, number=found if found != 1 else None)
    if found in (None, declared):
        return replace(symmetry, symbol=symbol if by_symbol == declared or not by_symbol else None, number=declared)
    if found == 1:
        text = f"space group {symbol or declared} is declared, the symmetry operations are those of P1"
        remarks.add("space-group", text)
        return replace(symmetry, symbol=symbol, number=declared)
    remarks.add("space-group", f"the symmetry operations are those of space group number {found}, not of {declared}")
    return replace(symmetry, symbol=None, number=found)


def _group_number(symmetry: Symmetry, matrix: Any) -> int | None:
    """The number of the space group that the operations make."""
    from spglib import get_spacegroup_type_from_symmetry

    rotations = symmetry.rotations.round().astype("intc")
    try:
        found = get_spacegroup_type_from_symmetry(rotations, symmetry.translations, matrix, 1e-3)
    except (ValueError, RuntimeError):
        return None
    return int(found.number) if found is not None else None
