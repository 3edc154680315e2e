"""The words that columns accept, each with the spellings that papers use for it.

A term's ``words`` are compared without case, hyphens, underscores and surplus blanks; see :func:`find_term`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Self, TypeVar


class Term(StrEnum):
    """A word of a vocabulary: the value that is stored, and other spellings that mean it."""

    words: tuple[str, ...]

    def __new__(cls, value: str, *words: str) -> Self:
        """A member whose value is its stored word; ``words`` are other spellings that papers use."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.words = words
        return term


class IdentifierKind(Term):
    """What a former or further name of a publication is."""

    DOI = "doi"
    TITLE = "title"


class AttachmentKind(Term):
    """Sort of a file that is attached."""

    PDF = "pdf", "paper", "supporting information"
    FIGURE = "figure", "image", "micrograph"
    SPECTRUM = "spectrum", "spectra", "impedance"
    OTHER = "other"


class Contribution(Term):
    """What part of the sample's resistance a conductivity belongs to."""

    BULK = "bulk", "grain", "intragrain", "lattice", "grain interior", "b"
    GRAIN_BOUNDARY = "grain_boundary", "gb", "boundary", "intergrain", "grain boundaries"
    TOTAL = "total", "overall", "effective", "pellet"
    UNSPECIFIED = "unspecified", "mixed", "unknown"


class ContributionBasis(Term):
    """Whether the source says which contribution a value is."""

    STATED = "stated", "yes", "explicit"
    ASSUMED = "assumed", "no", "not distinguished"


class TemperatureBasis(Term):
    """How the source gives the measuring temperature."""

    STATED = "stated", "exact"
    ROOM_TEMPERATURE = "room_temperature", "RT", "ambient", "r.t.", "ambient temperature"
    NOT_STATED = "not_stated", "unknown"


class Relation(Term):
    """How a reported number relates to the quantity: equal, a limit, or approximate."""

    EQUAL = "="
    LESS = "<", "≤", "<="
    GREATER = ">", "≥", ">="
    APPROXIMATE = "~", "≈", "about", "ca."


class ValueBasis(Term):
    """How a value was obtained."""

    MEASURED = "measured", "experimental"
    EXTRAPOLATED = "extrapolated", "interpolated", "from Arrhenius fit"
    DIGITISED = "digitised", "digitized", "read from figure", "from figure"


class StructureClass(Term):
    """Family of the crystal structure."""

    NASICON = "NASICON", "nasicon-type", "NASICON-like", "NZP"
    GARNET = "garnet", "garnet-like", "garnet-type", "garnets"
    PEROVSKITE = "perovskite", "perovskite-type", "perovskites"
    ANTIPEROVSKITE = "antiperovskite", "anti-perovskite", "antiperovskites", "layered antiperovskite"
    ARGYRODITE = "argyrodite", "argyrodites", "argyrodite-type"
    LISICON = "LISICON", "LISICONs", "lisicon-type", "LISICON-like"
    THIO_LISICON = "thio_LISICON", "thio-LISICON", "thiolisicon"
    LGPS = "LGPS", "LGPS-type", "LGPS-like", "thio-LGPS"
    HALIDE = "halide", "halides", "cholorides", "chlorides", "chloride", "bromide", "fluoride", "iodide"
    HYDROBORATE = "hydroborate", "borohydride", "borohydrides", "hydroborates", "closo-borate"
    NITRIDE = "nitride", "nitrides"
    OXIDE = "oxide", "oxides", "other oxide"
    SULFIDE = "sulfide", "sulphide", "sulfides", "thiophosphate", "other sulfide"
    PHOSPHATE = "phosphate", "phosphates", "LIPON"
    SPINEL = "spinel", "spinels"
    GLASS = "glass", "glasses", "amorphous"
    OTHER = "other", "others", "misc"


class PhaseType(Term):
    """State of the sintered body; ``phase_code`` of the paper is 0 for crystal and 1 for glass ceramic."""

    CRYSTAL = "crystal", "crystalline", "polycrystal", "polycrystalline", "ceramic", "single crystal"
    GLASS_CERAMIC = "glass_ceramic", "glass-ceramic", "glass ceramics"
    GLASS = "glass", "amorphous", "glassy"


class SynthesisMethod(Term):
    """How the powder or body was made; ``method_code`` is the paper's grouping of these."""

    SOLID_STATE = (
        "solid_state", "solid state", "solid-state reaction", "solid-state (co-grinding)", "modified solid-state",
        "conventional solid state", "solid-state + attrition milling", "reactive sintering",
        "microwave-assisted reactive sintering", "ceramic route", "SSR", "solid-state, dry route",
        "reactive sintering from pyrochlore nanocrystals",
    )  # fmt: skip
    BALL_MILL = "ball_mill", "ball milling", "ball-milling", "high-energy ball milling", "planetary milling"
    MECHANOCHEMICAL = (
        "mechanochemical", "mechanical milling", "mechanical alloying", "double mechanical alloying",
        "mechanochemical synthesis",
    )  # fmt: skip
    MELT_QUENCH = "melt_quench", "melt quenching", "melt-quenching", "melt quench", "glass melting"
    CO_PRECIPITATION = "co_precipitation", "co-precipitation", "coprecipitation", "oxalate precursor", "precipitation"
    HYDROTHERMAL = "hydrothermal", "solvothermal", "hydrothermal synthesis", "microwave-assisted solvothermal"
    SOLUTION = (
        "solution", "liquid phase", "solution-based", "solution method", "solution method (H3PO4)", "wet chemical",
        "wet-chemical", "combustion", "solution combustion",
    )  # fmt: skip
    SPRAY = (
        "spray", "spray drying", "spray pyrolysis", "spray-flame synthesis", "flame spray pyrolysis", "spray-drying",
        "nebulized spray pyrolysis", "nebulised spray pyrolysis", "liquid-feed flame spray pyrolysis",
    )  # fmt: skip
    SELF_ASSEMBLY = "evaporation_induced_self_assembly", "evaporation-induced self-assembly", "EISA"
    SOL_GEL = "sol_gel", "sol-gel", "sol gel", "sol-gel method", "wet-chemical (gel)", "gel"
    CITRATE = (
        "citrate", "citric acid", "sol-gel (citric acid)", "sol-gel (citric acid gel)", "citrate gel",
        "citric acid assisted sol-gel", "citrate-nitrate",
    )  # fmt: skip
    PECHINI = (
        "pechini",
        "pechini method",
        "sol-gel (Pechini)",
        "Pechini sol-gel",
        "polymerised complex",
        "polymerized complex",
    )
    SINGLE_CRYSTAL = (
        "single_crystal", "single crystal", "czochralski", "czochralski single crystal", "flux growth", "floating zone",
    )  # fmt: skip
    FILM = "film", "thin film", "aerosol deposition", "sputtering", "pulsed laser deposition", "PLD", "CVD"
    # Words that name two classes of the paper's grouping, the shaping of a body only, or a maker's powder: no code.
    OTHER = (
        "other", "hydrothermal-assisted solid-state", "solution-assisted solid-state reaction",
        "solution-assisted solid-state + tape casting", "Pechini + solid-state", "tape casting", "dry pressing",
        "cold pressing", "cold sintering", "cold sintering (water)", "cold sintering (acetic acid) + anneal 650 C",
        "sintered glass-ceramic powder (Ohara)",
    )  # fmt: skip


class Operation(Term):
    """One step of making a sample."""

    MIXING = "mixing", "grinding", "co-grinding"
    MILLING = "milling", "ball milling", "attrition milling"
    DRYING = "drying", "spray drying"
    CALCINATION = "calcination", "calcining", "pre-sintering", "prefiring"
    PRESSING = "pressing", "uniaxial pressing", "cold isostatic pressing", "CIP", "pelletising"
    TAPE_CASTING = "tape_casting", "tape casting"
    SINTERING = (
        "sintering", "conventional", "microwave", "microwave sintering", "firing",
        "conventional (hot press without pressure)", "conventional + hot isostatic press",
    )  # fmt: skip
    HOT_PRESSING = "hot_pressing", "hot press", "hot pressing", "hot-pressing", "HP", "hot isostatic pressing", "HIP"
    SPARK_PLASMA_SINTERING = (
        "spark_plasma_sintering",
        "SPS",
        "spark plasma sintering",
        "FAST",
        "field-assisted sintering",
    )
    COLD_SINTERING = (
        "cold_sintering", "cold sintering", "CSP", "cold sintering + anneal", "cold sintering + post-anneal",
        "cold sintering + heat treatment",
    )  # fmt: skip
    MELTING = "melting", "melt"
    QUENCHING = "quenching", "quench", "splat quenching"
    CRYSTALLISATION = (
        "crystallisation", "crystallization", "crystallization heat treatment", "ceramisation", "devitrification",
    )  # fmt: skip
    ANNEALING = (
        "annealing", "anneal", "heat treatment", "post-anneal", "powder anneal",
        "powder anneal, pressed afterwards (the paper calls it sintering)",
    )  # fmt: skip
    AGEING = "ageing", "aging", "storage"
    DEPOSITION = "deposition", "aerosol deposition"
    # The furnace of a flash sintering is colder than the body: its temperature is no sintering temperature.
    OTHER = "other", "flash sintering", "flash-sintering"


DENSIFYING = (
    Operation.SINTERING,
    Operation.HOT_PRESSING,
    Operation.SPARK_PLASMA_SINTERING,
    Operation.COLD_SINTERING,
    Operation.CRYSTALLISATION,
)
"""Operations whose last occurrence gives the sintering descriptors; cold sintering together with its anneal."""


class GrainSizeBasis(Term):
    """How a grain size came about."""

    REPORTED = "reported", "stated"
    MICROGRAPH_AVERAGE = "micrograph_average", "SEM average", "from micrograph"
    RANGE_MIDPOINT = "range_midpoint", "range-midpoint", "midpoint"


class StructureMatch(Term):
    """Whether a structure is of the sample's own composition or of a neighbouring one."""

    EXACT = "exact", "done"
    CLOSE = "close", "close match"


class CoordinatesBasis(Term):
    """What the atomic coordinates of a structural record are worth."""

    EXACT = "exact", "as refined"
    PERTURBED = "perturbed", "randomised", "noised"
    UNKNOWN = "unknown", "none", "cell only"


class PublicationKind(Term):
    """What sort of source a publication is."""

    ARTICLE = "article", "journal article", "paper"
    PREPRINT = "preprint"
    CONFERENCE = "conference", "proceedings", "inproceedings"
    THESIS = "thesis", "phdthesis", "mastersthesis", "dissertation"
    REPORT = "report", "techreport", "technical report"
    BOOK = "book", "incollection", "chapter"
    DATASET = "dataset", "data set"
    OTHER = "other", "misc"


class ReviewState(Term):
    """Whether a second person has checked a publication's rows against the source."""

    DRAFT = "draft"
    REVIEWED = "reviewed", "checked"


class Confidence(Term):
    """How sure the curator is of having read a value rightly."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CircuitBasis(Term):
    """Who chose the equivalent circuit of a fit."""

    PROGRAM = "program", "automatic", "information criterion"
    PERSON = "person", "given"


class Weighting(Term):
    """What the residuals of a fit are divided by."""

    MODULUS = "modulus", "proportional", "|Z|"
    UNIT = "unit", "none", "absolute"


class Role(StrEnum):
    """What somebody may do with a database on a server."""

    CURATOR = "curator"
    READER = "reader"


class Action(Term):
    """What happened to a row, in the change log."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


T = TypeVar("T", bound=Term)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case, hyphens, underscores and surplus blanks, for comparison."""
    return re.sub(r"[\s_\-‐–—]+", " ", word).strip().casefold()


@lru_cache(maxsize=10_000)
def find_term(vocabulary: type[T], word: str) -> T | None:
    """The term that a written word means, or None when no spelling of the vocabulary is that word.

    >>> find_term(SynthesisMethod, "Ball-Milling")
    <SynthesisMethod.BALL_MILL: 'ball_mill'>
    >>> find_term(SynthesisMethod, "by hand") is None
    True
    """
    wanted = fold(word)
    for term in vocabulary:
        if wanted == fold(term.value) or wanted in map(fold, term.words):
            return term
    return None


_FILLERS = re.compile(
    r"\b(?:a|the|by|via|conventional|traditional|classical|standard|typical|simple|common|modified|improved|route|method|"
    r"process|processing|technique|reaction|synthesis|approach|procedure)\b"
)


@lru_cache(maxsize=10_000)
def find_method(words: str) -> SynthesisMethod | None:
    """The synthesis method that words mean, also where the table has them without ``conventional … route`` around.

    >>> find_method("conventional solid state reaction method")
    <SynthesisMethod.SOLID_STATE: 'solid_state'>
    >>> find_method("ball-milled")
    <SynthesisMethod.BALL_MILL: 'ball_mill'>
    >>> find_method("a method of our own") is None
    True
    """
    folded = fold(words)
    inflected = re.sub(r"\b(mill|quench|precipitat|combust|alloy)ed\b", r"\1ing", folded)
    bare = (_FILLERS.sub(" ", text) for text in (folded, inflected))
    return next((term for text in (folded, inflected, *bare) if (term := find_term(SynthesisMethod, text))), None)


FIRST_ONLY = "Only the first author is known."
"""Note of a CSL record whose one author is the first of several, as releases write and imports read it; in BibTeX
"and others" says so."""
