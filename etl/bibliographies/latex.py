"""LaTeX sources to what is printed, with the commands that are not known."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any, NamedTuple

_TAG = re.compile(r"</?(?:sub|sup|i|b|em|strong|span|scp|p|(?:jats|mml):\w+)\b[^>]*>", re.IGNORECASE)
_MATHS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$|\\\((.*?)\\\)")
_POWER_OF_TEN = re.compile(
    r"""
    (?<![0-9.])10\s?
    (?:\$\s*\^\s*\{?\s*([-−]?[0-9]+)\s*\}?\s*\$  # 10$^{-4}$
      |\^\s*\{?\s*([-−]?[0-9]+)\s*\}?            # 10^{-4}, 10^-4
      |\\textsuperscript\{([-−]?[0-9]+)\})       # 10\textsuperscript{-4}
    """,
    re.VERBOSE,
)
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKUP = re.compile(r"[\\${}~%&]|--|``|''")
_ITSELF = r"%s"
"""Commands whose argument is printed as it stands; pylatexenc leaves them out otherwise."""
PRINTED = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textunderscore": "_", "slash": "/",
    "texttimes": "×", "textminus": "−", "textdegree": "°", "textcelsius": "°C", "degree": "°", "celsius": "°C",
    "angstrom": "Å", "micro": "µ", "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ",
    "textlambda": "λ", "textsigma": "σ", "textmu": "µ", "textOmega": "Ω", "textrightarrow": "→", "nobreakdash": "",
    "texttt": _ITSELF, "textmd": _ITSELF, "textrm": _ITSELF, "textnormal": _ITSELF, "ce": _ITSELF, "chem": _ITSELF,
    "uppercase": _ITSELF, "lowercase": _ITSELF, "MakeUppercase": _ITSELF, "MakeLowercase": _ITSELF, "mbox": _ITSELF,
    "text": _ITSELF, "mathit": _ITSELF, "mathbf": _ITSELF, "mathsf": _ITSELF, "operatorname": _ITSELF, "hbox": _ITSELF,
    "url": _ITSELF, "bibinfo": _ITSELF, "NoCaseChange": _ITSELF, "bibnamedelima": " ", "textsubscript": _ITSELF,
    "textsuperscript": _ITSELF, "protect": "", "em": "", "rm": "", "it": "",
    "bf": "", "sc": "", "sl": "", "tt": "", "sf": "", "bfseries": "", "itshape": "", "noopsort": "",
    "overline": "%s\u0305",
}  # fmt: skip
"""What commands print that pylatexenc does not know, or prints in another way."""


class Printed(NamedTuple):
    """The text that LaTeX prints, and the commands in it that are not known."""

    text: str
    unknown: tuple[str, ...] = ()


def plain_text(latex: str) -> str:
    """The text of a LaTeX source: accents, symbols, sub- and superscripts and braces resolved, dashes as printed."""
    return read_latex(latex).text


def read_latex(latex: str) -> Printed:
    """What a LaTeX source prints, in one line; commands that are not known are left out and named."""
    if not _MARKUP.search(latex):
        return Printed(strip_tags(latex))
    source = _POWER_OF_TEN.sub(lambda power: "10" + next(filter(None, power.groups())).translate(_RAISED), latex)
    source = _MATHS.sub(_level, source)
    source = re.sub(r"(?<!\\)([%&])", r"\\\1", source).replace("\\nobreakdash", "")
    nodes = _walker(source).get_latex_nodes()[0]
    unknown = tuple(dict.fromkeys(_find_unknown(nodes)))
    return Printed(strip_tags(_printer().nodelist_to_text(nodes)), unknown)


def strip_tags(text: str) -> str:
    """A text without the tags that publishers put into titles, and without surplus blanks."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _level(match: re.Match[str]) -> str:
    """Maths with sub- and superscripts on the line: Li7 as formulas are typed."""
    inner = match[1] if match[1] is not None else match[2]
    inner = re.sub(r"\^\s*\{?\s*\\circ\s*\}?\s*(?:\\(?:mathrm|rm|text)\s*)?", r"\\textdegree{}", inner)
    inner = re.sub(r"(?<!\\)[_^]", "", inner)
    return f"${inner}$" if inner.strip() else ""


@cache
def _databases() -> tuple[Any, Any]:
    from pylatexenc import latex2text, latexwalker, macrospec

    parsing, printing = latexwalker.get_default_latex_context_db(), latex2text.get_default_latex_context_db()
    takes_one = [name for name, printed in PRINTED.items() if printed == _ITSELF or name in ("noopsort", "overline")]
    parsing.add_context_category(
        "printed",
        prepend=True,
        macros=[macrospec.std_macro(name, "{" if name in takes_one else "") for name in PRINTED],
    )
    printing.add_context_category(
        "printed",
        prepend=True,
        macros=[latex2text.MacroTextSpec(name, printed) for name, printed in PRINTED.items()],
    )
    return parsing, printing


def _walker(source: str) -> Any:
    from pylatexenc.latexwalker import LatexWalker

    return LatexWalker(source, latex_context=_databases()[0], tolerant_parsing=True)


@cache
def _printer() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(latex_context=_databases()[1], math_mode="text", strict_latex_spaces=False)


def _find_unknown(nodes: list[Any]) -> list[str]:
    """Names of macros and environments, at any depth, that have no printed form."""
    known, found = _databases()[1], []
    for node in nodes:
        if node is None:
            continue
        name = getattr(node, "macroname", None) or getattr(node, "environmentname", None)
        if name is not None and known.get_macro_spec(name) is None and known.get_environment_spec(name) is None:
            found.append(name)
        found += _find_unknown(getattr(node, "nodelist", None) or [])
        arguments = getattr(node, "nodeargd", None)
        found += _find_unknown(list(arguments.argnlist) if arguments and arguments.argnlist else [])
    return found
