"""Files as instruments write them, made from points that are known, and what may happen to such a file."""

from dataclasses import dataclass

import numpy as np

WRITERS: dict = {}
SUFFIXES = {"mpt": ".mpt", "gamry": ".DTA", "zplot": ".z", "autolab": ".txt", "novocontrol": ".txt", "csv": ".csv", "negated csv": ".csv",
            "tabs": ".txt", "modulus": ".csv", "ivium": ".idf", "dfr": ".dfr", "p00": ".P00", "chi": ".txt", "parstat": ".txt",
            "versastudio": ".par", "bare": ".csv"}  # fmt: skip


def points(count=24, highest=6, lowest=0):
    """A bulk arc, a grain-boundary arc and a tail."""
    frequency = np.geomspace(10.0**highest, 10.0**lowest, count)
    omega = 2j * np.pi * frequency
    z = 1e4 / (1 + (omega * 2e-7) ** 0.9) + 3e4 / (1 + (omega * 1e-3) ** 0.85) + 1 / (1e-5 * omega**0.6)
    return frequency, z


def _writer(name):
    def keep(function):
        WRITERS[name] = function
        return function

    return keep


def _rows(frequency, z, pattern, sign=1):
    return [
        pattern.format(
            f=f,
            re=v.real,
            im=sign * v.imag,
            mod=abs(v),
            ph=sign * np.degrees(np.angle(v)),
            phase=np.degrees(np.angle(v)),
            k=k,
        )
        for k, (f, v) in enumerate(zip(frequency, z, strict=True))
    ]


@_writer("mpt")
def write_mpt(f, z):
    above = [
        "EC-Lab ASCII FILE",
        "Nb header lines : 6",
        "",
        "Potentio Electrochemical Impedance Spectroscopy",
        "Run on channel : 1",
    ]
    return (
        "\n".join(
            [
                *above,
                "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\t",
                *_rows(f, z, "{f:.7E}\t{re:.7E}\t{im:.7E}\t{mod:.7E}\t{phase:.7E}\t{k:.3E}", -1),
            ]
        )
        + "\n"
    )


@_writer("gamry")
def write_gamry(f, z):
    above = [
        "EXPLAIN",
        "TAG\tEISPOT",
        "DATE\tLABEL\t4/23/2018\tDate",
        "ZCURVE\tTABLE",
        "\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc",
        "\t#\ts\tHz\tohm\tohm\tV\tohm\t°\tA",
    ]
    return (
        "\n".join([*above, *_rows(f, z, "\t{k}\t1\t{f:.7g}\t{re:.7g}\t{im:.7g}\t1\t{mod:.7g}\t{ph:.7g}\t1E-8")]) + "\n"
    )


@_writer("zplot")
def write_zplot(f, z):
    above = [
        "ZPLOT2 ASCII",
        "  Measured Data, ZPlot:       3.2c",
        "  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange",
        "End Comments",
    ]
    return (
        "\n".join(
            [*above, *_rows(f, z, "{f:.6E}\t1.0000E-02\t0.0000E+00\t1.0E+00\t{re:.6E}\t{im:.6E}\t0.0000E+00\t0\t3")]
        )
        + "\n"
    )


@_writer("autolab")
def write_autolab(f, z):
    above = [
        '"Z60W Data File: Version 1.1"',
        '""',
        "0,2,0,1,0.1,10000",
        str(len(f)),
        "\"  Freq (Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range\"",
    ]
    return "\n".join([*above, *_rows(f, z, "{f:.8g},0,0,0,{re:.9g},{im:.9g},0,0,0")]) + "\n"


@_writer("novocontrol")
def write_novocontrol(f, z):
    above = [
        "pellet_25deg, 26.02.2025, 15:11",
        "Diameter[mm]: 1.300e+01  Thickness[mm]: 7.500e-01  Spacer Capacity[pF]: 0.000e+00",
        "Fixed value(s) :  AC Volt  [Vrms]=7.1000e-03  ",
    ]
    return (
        "\n".join(
            [*above, "     Freq.[Hz]\t      Zs'[ohm]\t     Zs''[ohm]", *_rows(f, z, " {f:.7e}\t {re:.7e}\t{im:.7e}")]
        )
        + "\n"
    )


@_writer("csv")
def write_csv(f, z):
    return "\n".join(["Frequency (Hz),Z' (Ohm),Z'' (Ohm)", *_rows(f, z, "{f:.8e},{re:.8e},{im:.8e}")]) + "\n"


@_writer("negated csv")
def write_negated_csv(f, z):
    return "\n".join(["freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm", *_rows(f, z, "{f:.8e},{re:.8e},{im:.8e}", -1)]) + "\n"


@_writer("tabs")
def write_tabs(f, z):
    return "\n".join(["f [Hz]\tZ' [Ω]\tZ'' [Ω]", *_rows(f, z, "{f:.8e}\t{re:.8e}\t{im:.8e}")]) + "\n"


@_writer("modulus")
def write_modulus(f, z):
    return "\n".join(["frequency/Hz;|Z|/Ohm;-Phase/deg", *_rows(f, z, "{f:.8e};{mod:.8e};{ph:.8e}", -1)]) + "\n"


@_writer("ivium")
def write_ivium(f, z):
    return (
        "\n".join(
            [
                "data",
                "Method=Impedance",
                "primary_data    ",
                "3         ",
                f"{len(f)}        ",
                *_rows(f, z, "{re:.7E}  {im:.7E}\t{f:.7E} "),
            ]
        )
        + "\n"
    )


@_writer("dfr")
def write_dfr(f, z):
    rows = [
        line for row in _rows(f, z, " {f:.8e}|{re:.8e}|{im:.8e}|0.0|0.0|0.0|0.0|0.0|0.0", -1) for line in row.split("|")
    ]
    return "\n".join(["VERSION8.0", f" {len(f)}", " 1", *rows, " 1.0", "13.07.2022 22:32:00", " 2.0"]) + "\n"


@_writer("p00")
def write_p00(f, z):
    above = [
        "Procedure : Some title",
        "Description",
        "t =  736.4 s",
        " f/Hz       \t Z'/Ohm     \t -Z''/Ohm   \t time/s    \t Edc/V     \t",
        f" {len(f)} ",
    ]
    return "\n".join([*above, *_rows(f, z, " {f:.6e}\t {re:.6e}\t {im:.6e}\t 59.300e+00\t 30.981e-02\t", -1)]) + "\n"


@_writer("chi")
def write_chi(f, z):
    above = [
        "Feb. 20, 2020   15:55:08",
        "A.C. Impedance",
        "Instrument Model:  CHI660E",
        "",
        "Freq/Hz, Z'/ohm, Z\"/ohm, Z/ohm, Phase/deg",
        "",
    ]
    return "\n".join([*above, *_rows(f, z, "{f:.6e}, {re:.6e}, {im:.6e}, {mod:.6e}, {ph:.3f}")]) + "\n"


@_writer("parstat")
def write_parstat(f, z):
    above = [
        "Potential (V)\tCurrent (A)\tElapsed Time (s)\tFrequency (Hz)\tZre (ohms)\tZim (ohms)\t",
        "3.49\t-0.1\t10\t0\t0\t0\t",
    ]
    return "\n".join([*above, *_rows(f, z, "3.49\t-0.1\t{k}\t{f:.9g}\t{re:.9g}\t{im:.9g}\t")]) + "\n"


@_writer("versastudio")
def write_versastudio(f, z):
    above = [
        "<Application>",
        "Name=VersaStudio",
        "</Application>",
        "<Segment1>",
        "Type=2",
        "Version=3",
        "Definition=Segment #, Point #, E(V), I(A), Frequency(Hz), E Real, E Imag, Z Real, Z Imag, 0",
    ]
    return (
        "\n".join([*above, *_rows(f, z, "0,{k},0,-3.28E-06,{f:.9g},0.1,0.1,{re:.9g},{im:.9g}"), "</Segment1>"]) + "\n"
    )


@_writer("bare")
def write_bare(f, z):
    return "\n".join(_rows(f, z, " {f:.7e}, {re:.7e},{im:.7e}")) + "\n"


@dataclass(frozen=True)
class Mutated:
    """A file that something happened to: the points that may be read from it, None where it must be refused."""

    name: str
    suffix: str
    content: bytes
    expected: tuple | None


def mutate(generator, form):
    """One file of a format with one random mishap whose right outcome is known."""
    f, z = points(int(generator.integers(14, 30)))
    text = WRITERS[form](f, z)
    lines = text.split("\n")[:-1]
    first = next(k for k, line in enumerate(lines) if _is_row(line, f[0]))
    step = 9 if form == "dfr" else 1
    kind = str(generator.choice(list(MISHAPS)))
    lines, expected, encoding = MISHAPS[kind](generator, form, lines, first, step, (f, z))
    content = ("\n".join(lines) + ("" if encoding.endswith("|cut") else "\n")).encode(encoding.removesuffix("|cut"))
    return Mutated(f"{form}: {kind}", SUFFIXES[form], content, expected)


def _is_row(line, frequency):
    for each in line.replace(",", " ").replace(";", " ").split():
        try:
            if abs(float(each) / frequency - 1) < 1e-4:
                return True
        except ValueError:
            continue
    return False


def _without(truth, index):
    return np.delete(truth[0], index), np.delete(truth[1], index)


def _pick(generator, truth):
    return int(generator.integers(1, len(truth[0]) - 1))


def _cut(generator, form, lines, first, step, truth):
    """Cut off at any character below the first row: whole rows may be read, a torn one never."""
    whole = "\n".join(lines)
    begin = len("\n".join(lines[:first])) + 1
    at = int(generator.integers(begin + 1, len(whole) - 1))
    return whole[:at].split("\n"), "prefix", "utf-8|cut"


def _drop_row(generator, form, lines, first, step, truth):
    k = _pick(generator, truth)
    kept = lines[: first + k * step] + lines[first + (k + 1) * step :]
    return kept, (None if _announces(form) else _without(truth, k)), "utf-8"


def _announces(form):
    return form in ("ivium", "dfr", "p00")


def _double_row(generator, form, lines, first, step, truth):
    k = _pick(generator, truth)
    row = lines[first + k * step : first + (k + 1) * step]
    doubled = lines[: first + k * step] + row + lines[first + k * step :]
    expected = None if _announces(form) else (np.insert(truth[0], k, truth[0][k]), np.insert(truth[1], k, truth[1][k]))
    return doubled, expected, "utf-8"


def _spoil_number(generator, form, lines, first, step, truth):
    """Something that is no number where the frequency or the real part stands."""
    k = _pick(generator, truth)
    word = str(generator.choice(["nan", "NaN", "1.2.3", "--", "12O.5", "1e", "#N/A", "inf", "∞", "n.a."]))
    at = first + k * step
    row = lines[at]
    wanted = truth[1][k].real if form in ("ivium",) else truth[0][k]
    spoiled = list(lines)
    spoiled[at] = _replace_number(row, wanted, word)
    return spoiled, None, "utf-8"


def _replace_number(row, wanted, word):
    import re

    for match in re.finditer(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?", row):
        if abs(float(match[0]) / wanted - 1) < 1e-4:
            return row[: match.start()] + word + row[match.end() :]
    raise AssertionError((row, wanted))


def _insert_text(generator, form, lines, first, step, truth):
    k = _pick(generator, truth)
    word = str(generator.choice(["what is this", "pump switched on", "error 17;", "***", "a,b"]))
    return [*lines[: first + k * step], word, *lines[first + k * step :]], None, "utf-8"


def _zero_frequency(generator, form, lines, first, step, truth):
    k = _pick(generator, truth)
    spoiled = list(lines)
    if form == "ivium":
        row = lines[first + k]
        spoiled[first + k] = _replace_number(row, truth[0][k], "-1.0")
    else:
        spoiled[first + k * step] = _replace_number(lines[first + k * step], truth[0][k], "-1.0")
    return spoiled, None, "utf-8"


def _few_rows(generator, form, lines, first, step, truth):
    return lines[: first + 6 * step], None, "utf-8"


def _shuffle(generator, form, lines, first, step, truth):
    count = len(truth[0])
    order = np.arange(count)
    a, b = sorted(generator.choice(np.arange(2, count - 2), 2, replace=False))
    order[a], order[b] = b, a
    rows = [lines[first + k * step : first + (k + 1) * step] for k in order]
    tail = lines[first + count * step :]
    return lines[:first] + [line for row in rows for line in row] + tail, (truth[0][order], truth[1][order]), "utf-8"


def _blank_lines(generator, form, lines, first, step, truth):
    if form in ("dfr", "ivium"):
        return lines, truth, "utf-8"
    return [*lines, "", "   ", ""], truth, "utf-8"


def _no_header(generator, form, lines, first, step, truth):
    """Without what stands above: refused, or read with doubts where three bare columns are left."""
    bare = form in ("csv", "tabs", "novocontrol", "bare", "negated csv")
    return lines[first:], (truth if bare else None), "utf-8"


def _other_encoding(generator, form, lines, first, step, truth):
    encoding = "utf-8" if form == "ivium" else str(generator.choice(["utf-8-sig", "utf-16", "utf-8"]))
    return lines, truth, encoding


def _windows_lines(generator, form, lines, first, step, truth):
    return [line + "\r" for line in lines], truth, "utf-8"


def _binary_rubbish(generator, form, lines, first, step, truth):
    k = _pick(generator, truth)
    spoiled = list(lines)
    at = first + k * step
    middle = len(spoiled[at]) // 2
    spoiled[at] = spoiled[at][:middle] + "\x01\x02§" + spoiled[at][middle:]
    return spoiled, None, "utf-8"


def _other_unit(generator, form, lines, first, step, truth):
    """Another unit in the header changes the numbers, an unknown one refuses the file."""
    swaps = {
        "csv": ("Hz", "kHz"),
        "negated csv": ("/Hz", "/kHz"),
        "tabs": ("[Hz]", "[kHz]"),
        "modulus": ("/Hz", "/kHz"),
        "novocontrol": ("[Hz]", "[MHz]"),
    }
    if form not in swaps:
        return lines, truth, "utf-8"
    old, new = swaps[form]
    factor: float | None = 1e6 if "MHz" in new else 1e3
    if generator.random() < 0.5:
        old, new, factor = (
            ("ohm", "ohm cm2", None)
            if form == "novocontrol"
            else ("Ω", "Ω cm²", None)
            if form == "tabs"
            else ("Ohm", "Ohm cm2", None)
        )
    changed = [line.replace(old, new) if k < first else line for k, line in enumerate(lines)]
    return changed, (None if factor is None else (truth[0] * factor, truth[1])), "utf-8"


def _extra_column(generator, form, lines, first, step, truth):
    signs = {"csv": ",", "negated csv": ",", "tabs": "\t", "modulus": ";"}
    if form not in signs:
        return lines, truth, "utf-8"
    sign = signs[form]
    return [line + sign + ("Temperature drift" if k < first else "0.1") for k, line in enumerate(lines)], truth, "utf-8"


def _decimal_commas(generator, form, lines, first, step, truth):
    if form in ("tabs", "modulus", "gamry", "zplot", "p00"):
        return [line.replace(".", ",") if k >= first else line for k, line in enumerate(lines)], truth, "utf-8"
    return lines, truth, "utf-8"


def _torn_column(generator, form, lines, first, step, truth):
    """A field too few in one row."""
    if form == "dfr":
        return lines[: first + 4] + lines[first + 5 :], None, "utf-8"
    k = _pick(generator, truth)
    spoiled = list(lines)
    sign = next(s for s in ("\t", ";", ",", " ") if s in spoiled[first + k].strip())
    spoiled[first + k] = spoiled[first + k].strip().partition(sign)[2]
    return spoiled, None, "utf-8"


MISHAPS = {
    "cut off": _cut, "row gone": _drop_row, "row twice": _double_row, "no number": _spoil_number, "text between": _insert_text,
    "negative frequency": _zero_frequency, "too few rows": _few_rows, "two rows swapped": _shuffle, "blank lines": _blank_lines,
    "no header": _no_header, "other encoding": _other_encoding, "lines of Windows": _windows_lines, "binary rubbish": _binary_rubbish,
    "other unit": _other_unit, "extra column": _extra_column, "decimal commas": _decimal_commas, "field gone": _torn_column,
}  # fmt: skip


def is_right(found, mutated, truth=None):
    """Whether what was read is what may be read: the expected points, or whole rows of a file that was cut off."""
    frequency, impedance = found
    if mutated.expected == "prefix":
        f, z = truth
        count = len(frequency)
        return count <= len(f) and _close(frequency, f[:count]) and _close(impedance, z[:count])
    f, z = mutated.expected
    return len(frequency) == len(f) and _close(frequency, f) and _close(impedance, z)


def _close(found, wanted):
    return bool(np.all(np.abs(np.asarray(found) - wanted) <= 2e-5 * np.abs(wanted)))
