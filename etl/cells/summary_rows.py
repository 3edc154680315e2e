"""Rows that sum up others, as spreadsheets have them below their data: they are no samples."""

from __future__ import annotations

import re

SUMMARY = re.compile(
    r"""(?ix)
    (?:the\s)?(?:grand\s)?
    (?:average|avg\.?|mean(?:\svalue)?|arithmetic\smean|median|mode
      |sum|(?:sub)?totals?|count|number|n|no\.?\sof\s(?:samples|values)
      |min(?:\.|imum)?|max(?:\.|imum)?|range|variance|var\.
      |(?:rel(?:\.|ative)?\s)?(?:std|standard)\.?\s?(?:dev(?:\.|iation)?|err(?:\.|or)?)?|stdev[ps]?\.?|s\.?d\.?|rsd|sem|s\.e\.m?\.?
      |coefficient\sof\svariation|cv|cov|quartile(?:\s\d)?|summary|\d+\s?%\s(?:ci|confidence\sinterval)|ø|x\u0304
      |σ\s?\(s\.?d\.?\)|[±]\s?s\.?d\.?|平均(?:值|値)?|标准偏差|標準偏差|标准差|среднее
      |mittelwert|mittel|durchschnitt|standardabweichung|stabw\.?|summe|gesamt|anzahl|moyenne|[ée]cart[-\s]type|somme)
    (?:\s?(?:±|\+/-|\+-|and|/|&|of|von)\s?[\w\s.]{1,30})?
    (?:\s?\([^()]{0,40}\))?\s?(?:[=:].{0,20})?
    """,
)
"""Names of such rows, with what may stand behind them: ``Average (n = 3)``, ``Mean ± SD``, ``Std. dev.``."""


def is_summary(text: str) -> bool:
    """Whether a text names a row that sums up others.

    >>> is_summary("Std. dev."), is_summary("Meanite")
    (True, False)
    """
    return SUMMARY.fullmatch(" ".join(text.split())) is not None
