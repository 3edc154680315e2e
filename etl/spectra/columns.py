"""What a column of an impedance table is, by its header: quantity, sign and unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sse_db.errors import UnreadableQuantity

QUANTITIES = {
    "frequency": r"f|freq|frequency|frequencies|ν|nu",
    "angular_frequency": r"ω|omega|w|angular ?frequency",
    "log_frequency": r"log(10)? ?\(?(f|freq|frequency)\)?|lg ?\(?f\)?",
    "z_real": r"z'|zs'|z' ?\(?a\)?|z[_ ]?re|z[_ ]?real|re ?\(?z\)?|real ?\(?z\)?|real( part)?|re",
    "z_imaginary": (
        r"z''|zs''|z'' ?\(?b\)?|z[_ ]?im|z[_ ]?img|z[_ ]?imag|z[_ ]?imaginary|im ?\(?z\)?|imag ?\(?z\)?|"
        r"imag|imaginary( part)?|im"
    ),
    "modulus": r"\|z\||z|z_?mod|mod ?\(?z\)?|abs ?\(?z\)?|modulus|magnitude|impedance|\|zs\||\|z\| ?magnitude",
    "phase": r"phase|phase ?\(?z\)?|phase angle|theta|θ|φ|phi|z_?phz|z_?phase|arg ?\(?z\)?|angle",
    "y_real": r"y'|ys'|y_?re|y_?real|re ?\(?y\)?|g",
    "y_imaginary": r"y''|ys''|y_?im|y_?imag|im ?\(?y\)?|b",
    "permittivity_real": r"eps'|ε'|epsilon'|eps_?real|re ?\(?eps\)?",
    "permittivity_imaginary": r"eps''|ε''|epsilon''|eps_?imag|im ?\(?eps\)?",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in QUANTITIES.items()}
PREFIXES = {"": 1.0, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "µ": 1e-6, "u": 1e-6, "n": 1e-9}
UNITS = {
    "frequency": re.compile(r"(?P<prefix>[mkMG]?)[Hh]z"),
    "angular_frequency": re.compile(r"(?P<prefix>)(rad/s|rad s-1|1/s|s-1|s\^-1)"),
    "z": re.compile(r"(?P<prefix>[mkMGµu]?)(Ω|Ohms?|ohms?|OHM)"),
    "y": re.compile(r"(?P<prefix>[mµun]?)(S|Ohm-1|1/Ohm|ohm-1|Ω-1|1/Ω|siemens)"),
    "phase": re.compile(r"(?P<prefix>)(?P<degree>°|deg|degrees?|Deg)|(?P<radian>rad|radians?)"),
    "permittivity": re.compile(r"(?P<prefix>)(|-|1)"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was understood: quantity, what its numbers are multiplied by (sign and unit), and whether the
    header says a unit and a sign."""

    quantity: str
    factor: float
    header: str
    states_unit: bool
    is_negated: bool


def plain(header: str) -> str:
    """A header without quotes, with plain primes and signs, and single blanks."""
    text = unicodedata.normalize("NFC", header).strip().strip('"').strip()
    text = text.replace("″", "''").replace("′′", "''").replace("′", "'").replace("’", "'").replace("Ω", "Ω")
    text = re.sub(r"[`´‘]", "'", text)
    text = text.replace('"', "''") if re.search(r'^[-−–]?[zZyY]s?"', text) else text
    text = re.sub(r"[−–—]", "-", text).replace("μ", "µ")
    return re.sub(r"\s+", " ", text)


def read_column(header: str) -> Column | None:
    """The quantity of a column, or None where it is none of an impedance table.

    Raises UnreadableQuantity for a quantity of ours in a unit that cannot be taken.
    """
    text = plain(header)
    for name, unit in _splits(text):
        is_negated = name.startswith("-")
        bare = name.lstrip("-").strip(" .()") if not name.endswith(")") else name.lstrip("-").strip()
        for quantity, pattern in _PATTERNS.items():
            if pattern.fullmatch(bare.lower().rstrip(".").strip()):
                return _make(quantity, unit, is_negated, header)
    return None


def _splits(text: str) -> list[tuple[str, str | None]]:
    """Ways to part a header into name and unit: ``Freq. [Hz]``, ``freq/Hz``, ``Zre (ohms)``, ``Frequency (Hz)``."""
    found: list[tuple[str, str | None]] = [(text, None)]
    if match := re.fullmatch(r"(.*?)\s*[\[(]\s*([^\[\]()]*?)\s*[\])]", text):
        found.append((match[1].strip(), match[2]))
    if match := re.fullmatch(r"(.*?[^\s])\s*/\s*(\S.*)", text):
        found.append((match[1].strip(), match[2].strip("() ")))
    if match := re.fullmatch(r"(.*\S)\s+in\s+(\S+)", text):
        found.append((match[1], match[2]))
    return found


def _make(quantity: str, unit: str | None, is_negated: bool, header: str) -> Column:
    if quantity == "log_frequency":
        raise UnreadableQuantity(f"{header.strip()!r} is a logarithm", "give the frequency itself, in Hz")
    factor = -1.0 if is_negated else 1.0
    if unit is None or unit.strip() in ("a", "b", "s", "Z", ""):
        return Column(quantity, factor, header.strip(), False, is_negated)
    kind = {"z_real": "z", "z_imaginary": "z", "modulus": "z", "y_real": "y", "y_imaginary": "y"}.get(
        quantity, quantity
    )
    kind = "permittivity" if kind.startswith("permittivity") else kind
    match = UNITS[kind].fullmatch(unit.strip())
    if match is None:
        hint = "normalised values need the geometry: give the impedance in ohm" if re.search(r"c?m", unit) else ""
        raise UnreadableQuantity(f"{unit!r} is no unit of {header.strip()!r} that can be taken", hint)
    if kind == "phase":
        factor *= 1.0 if match["radian"] else 3.141592653589793 / 180
    else:
        factor *= PREFIXES[match["prefix"]]
    return Column(quantity, factor, header.strip(), True, is_negated)


IMPEDANCE_PAIRS = (
    ("z_real", "z_imaginary"),
    ("modulus", "phase"),
    ("y_real", "y_imaginary"),
    ("permittivity_real", "permittivity_imaginary"),
)


def is_impedance_table(columns: list[Column | None]) -> bool:
    """Whether the columns hold a frequency and a pair that gives the impedance."""
    names = {column.quantity for column in columns if column}
    has_frequency = bool(names & {"frequency", "angular_frequency"})
    return has_frequency and any(names.issuperset(pair) for pair in IMPEDANCE_PAIRS)
