"""The forms that headers take: a name, and how the numbers below it are meant; every part is in one or the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.cells.number_grammar import LONGEST
from etl.cells.scales import PLAIN, Logarithm, Scale

_UNIT_IN_BRACKETS = r"[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?"
_FORMS = (
    re.compile(rf"(?P<name>.+?)\s*[(\[](?P<unit>{_UNIT_IN_BRACKETS})[)\]]\s*\Z"),  # sigma (mS/cm), T [K]
    re.compile(rf"(?P<name>.+?)\s*[(\[](?P<unit>{_UNIT_IN_BRACKETS})[)\]]\s*(?P<rest>[^()\[\]]+)\Z"),  # σ (S/cm) bulk
    re.compile(r"(?P<name>[^/]+?)\s+/\s*(?P<unit>.+)\Z"),  # T / K
    re.compile(r"(?P<name>[^/\s]+)/(?P<unit>.+)\Z"),  # T/K
    re.compile(r"(?P<name>[^,;]+?)\s*[,;]\s*(?P<unit>.+)\Z"),  # d, mm
    re.compile(r"(?P<name>.+?)\s+in\s+(?P<unit>.+)\Z"),  # T in K
    re.compile(r"(?P<name>.+)\s+(?P<unit>\S+)\Z"),  # T K
    re.compile(r"(?P<name>.+)\s+(?P<unit>\S+\s\S+)\Z"),  # sigma mS cm-1
    re.compile(r"(?P<name>.+)\s+(?P<unit>\S+\s\S+\s\S+)\Z"),  # sigma S per cm
)
_LOGARITHM = re.compile(
    r"""
    (?i:(?P<ten>log_?\s?10|log|lg)|(?P<natural>ln))  # log10 σ, lg σ, ln σ
    \s*(?P<open>[(\[])?\s*
    (?P<inner>.+?)
    \s*(?(open)[)\]])                                # log10(σ), ln[σT]
    (?P<rest>\s[^()\[\]]+)?\Z                        # ln(σT) bulk
    """,
    re.VERBOSE,
)
_INNER_UNIT = re.compile(
    r"""
    (?P<name>[^/]+?)
    \s*/\s*[(\[]?\s*
    (?P<unit>[^()\[\]]+             # σ/S/cm, σ/(S/cm), σ / [S/cm]
       (?:\([^()]*\)[^()\[\]]*)?)   # σ/S/(cm K)
    \s*[)\]]?\Z
    """,
    re.VERBOSE,
)
_TIMES_T = re.compile(
    r"""
    (?P<name>(?:σ|[Ss]igma)
       (?:[\s_(]*[A-Za-z ._-]*[a-z.]\)?)?)  # σ, σ bulk, sigma_(g.b.)
    (?:\s*[·*×∙•⋅]\s*|\s*)T                 # σT, σ·T, σ * T
    (?P<rest>\s[^T]*)?\Z                    # σT bulk (S K/cm)
    """,
    re.VERBOSE,
)
_INVERSE_T = re.compile(
    r"""
    (?:(?P<one>1)|1000|10\s?\^\s?\(?3\)?|1[eE]\+?0?3)  # 1/T, 1000/T, 10^3/T, 1e3/T
    \s?K?\s?/\s?T                                      # 1000 K/T
    \s*,?\s*/?\s*(?:[(\[](?P<bracket>[^()\[\]]+)[)\]]|(?P<unit>\S.*))?\Z
    """,
    re.VERBOSE,
)
_INVERSE_WORDS = re.compile(r"(?i)(?:inverse|reciprocal)\s+(?=t\Z|temperature\Z)")
_RESISTIVITY = re.compile(
    r"""
    \bresistivity\b
    |(?<![^\W_])(?:ρ|rho)(?![^\W_])        # ρ, rho_bulk
    |\A1\s?/\s?(?:σ|sigma)(?![^\W_])       # 1/σ
    """,
    re.VERBOSE | re.IGNORECASE,
)
_POWER_IN_NAME = re.compile(
    r"""
    [x×*·]\s?10\s?\^?\s?\(?[+-]?\d         # σ × 10^4, σ x 10(-4)
    |\A10\s?(?:\^\s?\(?[+-]?\d|[+-]\d)     # 10^4 σ, 10-4 S/cm
    |\b1[eE][+-]?\d                        # σ / 1e-4
    |[x×*]\s?1?0{2,}\b                     # σ × 1000
    """,
    re.VERBOSE,
)
_SNAKE_UNITS = {
    "c": "°C", "k": "K", "ev": "eV", "mev": "meV", "mpa": "MPa", "gpa": "GPa", "a": "Å", "pct": "%",
}  # fmt: skip
"""Units as the last word of a name in snake case, where case is lost."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header in parts: the name, and how the numbers below it are meant."""

    name: str
    scale: Scale = PLAIN

    @property
    def unit(self) -> str | None:
        """The unit as written, None where there is none."""
        return self.scale.unit


def plain_header(header: str) -> str:
    """A header in plain characters: NFKC, one kind of minus and blank, raised digits after 10 as an exponent."""
    raised = re.sub(r"10\s?([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"10^({match[1]})", header)
    return " ".join(re.sub("[−‐‑‒–]", "-", unicodedata.normalize("NFKC", raised)).split())


@lru_cache(maxsize=4096)
def split_header(header: str) -> tuple[Header, ...]:
    """Ways to read a header as name and scale, the likeliest first: ``sigma (mS/cm)``, ``T / K``, ``ln(σT) (S K/cm)``.

    Every part of the header is in the name or in the scale of each reading. Whether a part is a unit depends on the
    column, which the caller knows: see ``Scale.fits``.

    >>> split_header("1000/T (1/K)")[-1].name
    'T'
    """
    plain = plain_header(header)
    readings = [Header(plain)]
    if len(plain) > LONGEST:
        return tuple(readings)
    if has_power_in_name(plain):
        return (*readings, *_read_inverse_t(readings[0]))  # σ × 10⁴ may mean that, or numbers to be multiplied by it
    for form in _FORMS:
        if match := form.match(plain):
            name = " ".join(filter(None, (match["name"], match.groupdict().get("rest"))))
            readings.append(Header(name.strip(), Scale(match["unit"].strip())))
    readings += _split_snake_case(plain)
    found = dict.fromkeys(readings)
    for reading in readings:
        found.update(dict.fromkeys(_without_brackets(reading)))
    for reading in list(found):
        found.update(dict.fromkeys(_read_forms(reading)))
    return tuple(reading for reading in found if reading == readings[0] or _is_whole(reading))


def _is_whole(reading: Header) -> bool:
    """Whether name and unit hold whole brackets: a split inside brackets is none."""
    return all(text.count("(") == text.count(")") and text.count("[") == text.count("]")
               for text in (reading.name, reading.unit or ""))  # fmt: skip


def has_power_in_name(header: str) -> bool:
    """Whether a power of ten stands in a header's name, where it may mean itself or its inverse."""
    return _POWER_IN_NAME.search(re.sub(r"[(\[][^()\[\]]*[)\]]\s*\Z", "", plain_header(header))) is not None


def _split_snake_case(plain: str) -> Iterator[Header]:
    """``sigma_bulk_mS_cm``, ``grain_size_um``, ``temperature_c``: each ending is tried as the unit."""
    words = plain.split("_")
    if " " in plain or len(words) < 2:
        return
    for start in range(1, len(words)):
        unit = "_".join(words[start:])
        yield Header("_".join(words[:start]), Scale(_SNAKE_UNITS.get(unit, unit)))


def _without_brackets(reading: Header) -> Iterator[Header]:
    """A name with its brackets taken as blanks: ``σ (total)``."""
    if any(sign in reading.name for sign in "()[]"):
        words = " ".join(re.sub(r"[()\[\]]", " ", reading.name).split())
        if words and not _LOGARITHM.match(reading.name):
            yield replace(reading, name=words)


def _read_forms(reading: Header) -> Iterator[Header]:
    """A reading whose name is a logarithm, a product with T, 1000/T or a resistivity."""
    yield from _read_inverse_t(reading)
    if match := _INVERSE_WORDS.match(reading.name):
        yield Header(reading.name[match.end() :], replace(reading.scale, inverse=True))
    yield from _read_products(reading)
    if match := _LOGARITHM.match(reading.name):
        log: Logarithm = "ln" if match["natural"] else "log10"
        rest = match["rest"] or ""
        inner = Header(f"{match['inner'].strip()}{rest}", replace(reading.scale, log=log))
        yield inner
        yield from _read_products(inner)
        if reading.unit is None and (part := _INNER_UNIT.match(match["inner"].strip())):
            told = Header(f"{part['name'].strip()}{rest}", Scale(part["unit"].strip(), log=log))
            yield told
            yield from _read_products(told)


def _read_inverse_t(reading: Header) -> Iterator[Header]:
    if reading.unit is None and (match := _INVERSE_T.match(reading.name)):
        unit = match["bracket"] or match["unit"]
        yield Header("T", Scale(unit.strip() if unit else None, inverse=True, factor=1.0 if match["one"] else 1e-3))


def _read_products(reading: Header) -> Iterator[Header]:
    if match := _TIMES_T.match(reading.name):
        name = f"{match['name'].strip()}{match['rest'] or ''}"
        yield Header(name, replace(reading.scale, per_kelvin=True))
    if _RESISTIVITY.search(reading.name):
        name = _RESISTIVITY.sub(
            "σ" if re.search("ρ|rho|/", reading.name, re.IGNORECASE) else "conductivity", reading.name
        )
        yield Header(name, replace(reading.scale, inverse=True))
