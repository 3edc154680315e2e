"""Formats of instruments as plain data: how a file is recognised, what its other columns are, and how sure its signs
are."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instrument:
    """A format: ``known`` are headers of columns that hold nothing of the impedance; ``pattern`` must be found in the
    first lines."""

    name: str
    pattern: re.Pattern[str]
    known: tuple[str, ...] = ()


INSTRUMENT_SUFFIXES = (".mpt", ".mpr", ".dta", ".z", ".dfr", ".i2b", ".idf", ".ids", ".p00", ".par")
"""Suffixes that only programs of instruments give; tables with others may hold spectra, too."""

BIOLOGIC = (
    "time/s", "<Ewe>/V", "<I>/mA", "Cs/µF", "Cp/µF", "cycle number", "I Range", "|Ewe|/V", "|I|/A", "Re(Y)/Ohm-1",
    "Im(Y)/Ohm-1", "|Y|/Ohm-1", "Phase(Y)/deg", "(Q-Qo)/mA.h", "<Ece>/V", "|Ece|/V", "Phase(Zce)/deg", "|Zce|/Ohm",
    "Re(Zce)/Ohm", "-Im(Zce)/Ohm", "Phase(Zwe-ce)/deg", "|Zwe-ce|/Ohm", "Re(Zwe-ce)/Ohm", "-Im(Zwe-ce)/Ohm", "dq/mA.h",
)  # fmt: skip
GAMRY = ("Pt", "Time", "Zsig", "Idc", "Vdc", "IERange", "Imod", "Vmod", "Temp")
ZPLOT = ("Ampl", "Bias", "Time(Sec)", "GD", "Err", "Range")
VERSASTUDIO = (
    "Segment #", "Point #", "E(V)", "I(A)", "Elapsed Time(s)", "ADC Sync Input(V)", "Current Range", "Status",
    "E Applied(V)", "E Real", "E Imag", "I Real", "I Imag", "E2 Status", "E2(V)", "E2 Real", "E2 Imag", "Z2 Real",
    "Z2 Imag", "ActionId", "AC Amplitude",
)  # fmt: skip
PARSTAT = (
    "Potential (V)", "Current (A)", "Elapsed Time (s)", "|Vac| (V)", "|Iac| (A)", "ID#", "Segment", "Over",
)  # fmt: skip

INSTRUMENTS = (
    Instrument("BioLogic EC-Lab text (.mpt)", re.compile(r"\A\s*(EC-Lab|BT-Lab) ASCII FILE"), BIOLOGIC),
    Instrument("Gamry (.dta)", re.compile(r"\A\s*EXPLAIN\b"), GAMRY),
    Instrument("Scribner ZPlot (.z)", re.compile(r"\A\s*\"?(ZPLOT2 ASCII|ZPlotW Data File)"), ZPLOT),
    Instrument("Autolab FRA, ZPlot text", re.compile(r"\A\s*\"?Z60W Data File"), ZPLOT),
    Instrument("CH Instruments (.txt)", re.compile(r"A\.C\. Impedance")),
    Instrument("VersaStudio (.par)", re.compile(r"<Application>[\s\S]*Name=VersaStudio"), VERSASTUDIO),
    Instrument("Parstat (.txt)", re.compile(r"\APotential \(V\)\tCurrent \(A\)\tElapsed Time \(s\)\tFreq"), PARSTAT),
    Instrument("Autolab GPES/FRA (.P00)", re.compile(r"\AProcedure\s*:"), ("time/s", "Edc/V", "Idc/A")),
    Instrument("Novocontrol WinDETA text", re.compile(r"Fixed value\(s\)\s*:")),
)
PLAIN = Instrument("plain table", re.compile(""))
IVIUM = "Ivium (.idf, .ids)"
AUTOLAB_DFR = "Autolab FRA (.dfr)"
ELCHEMEA = "Elchemea (.i2b)"


def recognise(text: str) -> Instrument:
    """The format of a text by its first lines; a plain table where none is known."""
    head = text[:4000]
    return next((each for each in INSTRUMENTS if each.pattern.search(head)), PLAIN)
