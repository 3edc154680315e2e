"""Any composition in any notation reads back; any text is read or refused, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from sse_db.errors import UnreadableFormula
from sse_db.materials.formulas import fingerprint, read_formula

SYMBOLS = ["Li", "La", "Zr", "Ti", "Al", "P", "O", "S", "Cl", "Ta", "Ge", "Si", "Sr"]
amounts = st.dictionaries(st.sampled_from(SYMBOLS), st.integers(1, 1200).map(lambda n: n / 100), min_size=1, max_size=6)
LOWER = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def plain(found):
    return "".join(f"{symbol}{amount:g}" for symbol, amount in found.items())


NOTATIONS = {
    "plain": plain,
    "blanks": lambda found: " ".join(f"{symbol}{amount:g}" for symbol, amount in found.items()),
    "html": lambda found: "".join(f"{symbol}<sub>{amount:g}</sub>" for symbol, amount in found.items()),
    "latex": lambda found: "".join(f"{symbol}_{{{amount:g}}}" for symbol, amount in found.items()),
    "brackets": lambda found: "".join(f"({symbol}){amount:g}" for symbol, amount in found.items()),
    "square brackets": lambda found: "[" + plain(found) + "]",
    "subscripts": lambda found: "".join(f"{s}{f'{a * 100:.0f}'.translate(LOWER)}" for s, a in found.items()),
    "a variable": lambda found: "".join(f"{s}{a - 0.001:.3f}+x" for s, a in found.items()) + ", x=0.001",
}


@given(found=amounts, notation=st.sampled_from(sorted(NOTATIONS)))
def test_a_composition_reads_back_in_every_notation(found, notation):
    text = NOTATIONS[notation](found)
    if len(text) > 300:
        return
    assert read_formula(text).fingerprint == fingerprint(found)


@given(text=st.one_of(st.text(max_size=120), st.text(alphabet="LiLaZrTiO()[]{}0123456789.,+-*/xyδ =·□", max_size=80)))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_formula(text)
    except UnreadableFormula:
        return
    assert all(amount > 0 for amount in found.amounts.values())
    assert read_formula(found.formula).amounts.keys() == found.amounts.keys()
