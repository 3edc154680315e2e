"""Typed rows to drafts: what the columns of a sheet say about publications, samples, steps and measurements."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable
from typing import Any

from etl.cells.normalise import Parsed, TypedRow
from etl.cells.quantities import Quantity, read_quantity
from etl.cells.scales import Scale
from etl.drafts import Cell, Draft, publication_key
from etl.problems import Findings, error_code
from sse_db.errors import SseDbError
from sse_db.materials.formulas import LiteratureFormula, read_formula
from sse_db.materials.space_groups import describe_space_group
from sse_db.records.identity import make_title_key
from sse_db.schema.samples import RELATIONS
from sse_db.units import display_unit, split_power
from sse_db.vocabulary import (
    Contribution,
    ContributionBasis,
    GrainSizeBasis,
    Operation,
    Relation,
    TemperatureBasis,
    ValueBasis,
    find_method,
    find_term,
    fold,
)

NO_ADDITIVE = {"none", "no", "without", "no additive", "0"}
_NEGATION = re.compile(
    r"(?:(?:none|no|not|without|nothing|free of)\b(?:\s+(?:any|added|used|additives?|(?:sintering )?aids?|dopants?))*|"
    r"(?:additive|aid|sintering aid)s? free|un(?:doped|modified)|pure|pristine)\Z"
)
"""Other words for it, folded: ``none added``, ``without any sintering aid``."""
_CONTENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:wt|mol|at|vol|mass|w/w)?\s*\.?\s*[-–]?\s*%", re.IGNORECASE)
"""A content, which has a column of its own."""
UNNAMED_ADDITIVE = {"yes", "unnamed", "not named"}
MEASUREMENTS = "impedance_measurements"


def columns_of(row: TypedRow, table: str, part: str = "") -> dict[str, Parsed]:
    """The parsed cells of one table in a row, by column; with a part, its own cells only."""
    prefix = f"{table}."
    return {
        target.removeprefix(prefix): parsed
        for (target, place), parsed in row.cells.items()
        if target.startswith(prefix) and place == part
    }


def group_columns(row: TypedRow) -> dict[tuple[str, str], dict[str, Parsed]]:
    """The parsed cells of a row, by table and part, and then by column."""
    found: dict[tuple[str, str], dict[str, Parsed]] = {}
    for (target, part), parsed in row.cells.items():
        table, _, column = target.partition(".")
        found.setdefault((table, part), {})[column] = parsed
    return found


def to_values(cells: dict[str, Parsed]) -> tuple[dict[str, Any], dict[str, Cell]]:
    """Stored values and cells of parsed columns, ``as_written`` included where a text says more than the value."""
    values: dict[str, Any] = {}
    written: dict[str, str] = {}
    for name, parsed in cells.items():
        values[name] = parsed.value.value if isinstance(parsed.value, Quantity) else _plain(parsed.value)
        text = parsed.cell.text.strip()
        if isinstance(parsed.value, Quantity) and not _says_the_same(text, values[name]):
            written[name] = _with_unit(parsed)
    if written:
        values["as_written"] = json.dumps(written, ensure_ascii=False, sort_keys=True)
    return values, {name: parsed.cell for name, parsed in cells.items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _says_the_same(text: str, value: float) -> bool:
    try:
        return float(text) == value
    except ValueError:
        return False


def _with_unit(parsed: Parsed) -> str:
    """The text of the cell so that it reads without its header: with the header's unit or logarithm where the cell
    has none of its own."""
    text, column, scale = parsed.cell.text.strip(), parsed.column, parsed.scale
    if not scale.is_plain:
        return _with_scale(text, column, scale)
    if _reads_as(text, parsed):
        return text
    power, rest = split_power(scale.unit or "")
    if power is None:
        return f"{text} {scale.unit}" if scale.unit else text
    words = f"{text}×10^{power} {rest}"
    return words if _reads_as(words, parsed) else f"{text} ({scale.unit})"


def _reads_as(words: str, parsed: Parsed) -> bool:
    """Whether words without a header mean the value of a cell."""
    try:
        return bool(read_quantity(words, parsed.column).value == parsed.value.value)
    except SseDbError:
        return False


def _with_scale(text: str, column: str, scale: Scale) -> str:
    """The text of a cell whose header names a logarithm, an inverse or a product, with what it is."""
    unit = scale.unit or display_unit(column)
    if scale.log == "log10" and scale == Scale(scale.unit, "log10"):
        return f"log(σ/{unit}) = {text}"
    symbol = "T" if column == "temperature_c" else "σ"
    what = f"{symbol}T" if scale.per_kelvin else symbol
    what = f"1/{what}" if scale.inverse else what
    what = f"{scale.log}({what})" if scale.log else what
    factor = f" × {scale.factor:g}" if scale.factor != 1.0 else ""
    if what == "1/T":
        what, factor, unit = ("1000/T", "", "1/K") if scale.factor == 1e-3 else (what, factor, "1/K")
    return f"{what} = {text}{factor} ({unit})" if unit else f"{what} = {text}{factor}"


def draft_publication(row: TypedRow, findings: Findings, source_row: str) -> Draft | None:
    """The publication of a row; a problem when the row names none."""
    values, cells = to_values(columns_of(row, "publications"))
    if "title" in values:
        values["title_key"] = make_title_key(values["title"])
    if not values.get("doi") and not values.get("title_key"):
        first = next(iter(row.cells.values()), None)
        if first is not None and not row.unread & {"publications.doi", "publications.title"}:
            hint = "give a DOI, or a title and a year"
            findings.add(first.cell, "no-publication", "the row names no publication", hint)
        return None
    key = publication_key(values.get("doi"), values.get("title_key"), values.get("year"))
    return Draft("publications", key, values, cells=cells, source_row=source_row)


def draft_composition(parsed: Parsed, findings: Findings, source_row: str) -> list[Draft]:
    """The composition of a formula with its element amounts; a problem when the formula cannot be read, a doubt where
    it may have been meant otherwise."""
    try:
        formula = read_formula(parsed.value)
    except SseDbError as error:
        findings.add(parsed.cell, error_code(error), str(error), error.hint)
        return []
    for doubt in formula.doubts:
        findings.add(parsed.cell, "formula-reading", doubt.message, doubt.hint, severity="doubt")
    return composition_drafts(formula, source_row, parsed.cell)


def composition_drafts(formula: LiteratureFormula, source_row: str, cell: Cell | None = None) -> list[Draft]:
    """Drafts of a composition and of its elements."""
    key = formula.fingerprint
    names = {"formula": formula.formula, "reduced_formula": formula.reduced_formula, "fingerprint": key}
    cells = {"formula": cell} if cell else {}
    elements = [
        Draft(
            "composition_elements",
            (key, symbol),
            {"element": symbol, "amount": amount},
            parents={"composition_id": key},
            cells={"amount": cell} if cell else {},
            source_row=source_row,
        )
        for symbol, amount in formula.amounts.items()
    ]
    return [Draft("compositions", key, names, cells=cells, source_row=source_row), *elements]


def sample_values(cells: dict[str, Parsed], findings: Findings) -> tuple[dict[str, Any], dict[str, Cell]]:
    """Stored values of a sample's columns, with what follows from them: additive, method, grain size range."""
    values, places = to_values(cells)
    _settle_additive(values, places)
    _doubt_additive(cells, values, findings)
    method = cells.get("synthesis_method_text")
    if method is not None and "synthesis_method" not in cells:
        term = find_method(method.value)
        values["synthesis_method"] = str(term) if term else None
        if term is None:
            findings.add(
                method.cell, "unknown-method", f"{method.value} is not in the word table of methods: no method code",
                "the words are kept; to give the code, name the class in the column Method class", severity="doubt",
            )  # fmt: skip
    if "space_group_symbol" in cells:
        values["space_group_number"] = describe_space_group(values["space_group_symbol"])[1]
        places["space_group_number"] = places["space_group_symbol"]
    for name, relation in RELATIONS.items():
        if name in cells:
            values[relation], places[relation] = relation_of(cells[name].value), places[name]
    if "grain_size_um" in cells:
        _settle_grain_size(values, cells["grain_size_um"].value)
    return values, places


def _settle_additive(values: dict[str, Any], places: dict[str, Cell]) -> None:
    named = values.get("additive_formula")
    content = values.get("additive_wt_percent")
    if named is not None and (fold(named) in NO_ADDITIVE or _NEGATION.match(fold(named))):
        values["additive_formula"] = None
        values |= {"additive_present": 0, "additive_wt_percent": content or 0.0}
    elif named is not None and fold(named) in UNNAMED_ADDITIVE:
        values |= {"additive_formula": None, "additive_present": 1}
    elif named is not None or content is not None:
        values["additive_present"] = int(named is not None or bool(content))
    if "additive_present" in values:
        places["additive_present"] = places.get("additive_formula") or places["additive_wt_percent"]


def _doubt_additive(cells: dict[str, Parsed], values: dict[str, Any], findings: Findings) -> None:
    """Tell a content that stands in the name, and refuse one beside the word that there is no additive."""
    named, content = cells.get("additive_formula"), cells.get("additive_wt_percent")
    if content is not None and values.get("additive_present") == 0 and values["additive_wt_percent"]:
        message = (
            f"a content beside {named.cell.text.strip() if named else 'no additive'}, which says that there is none"
        )
        findings.add(content.cell, "additive-content", message, "name the additive, or empty the content")
    if named is not None and values.get("additive_formula") and (found := _CONTENT.search(named.cell.text)):
        hint = "write the formula alone; wt% belong into Additive content, other contents into the sample's remark"
        message = f"the content {found[0].strip()} stands in the name of the additive: models do not see it"
        findings.add(named.cell, "additive-content", message, hint, severity="doubt")


def _settle_grain_size(values: dict[str, Any], size: Quantity) -> None:
    if size.basis == "range_midpoint":
        values |= {"grain_size_lower_um": size.lower, "grain_size_upper_um": size.upper}
        values["grain_size_basis"] = str(GrainSizeBasis.RANGE_MIDPOINT)
    values.setdefault("grain_size_basis", str(GrainSizeBasis.REPORTED))


def draft_step(
    cells: dict[str, Parsed], operation: Operation, position: int, sample: Hashable, findings: Findings, source_row: str
) -> Draft:
    """One processing step; an operation that the row names goes before the one its words mean, both before the
    column's own, and the words are kept."""
    values, places = to_values(cells)
    words = cells.get("operation_text")
    if words is not None and "operation" not in cells:
        term = find_term(Operation, words.value)
        if term is None:
            findings.add(words.cell, "unknown-operation", f"{words.value} is not in the word table of operations",
                         "use a known word, and the paper's own in the remark")  # fmt: skip
        operation = term or operation
    values.setdefault("operation", str(operation))
    values["position"] = position
    return Draft(
        "processing_steps",
        (sample, position),
        values,
        parents={"sample_id": sample},
        cells=places,
        source_row=source_row,
    )


def read_temperature(
    row: TypedRow, target: str = f"{MEASUREMENTS}.temperature_c"
) -> tuple[dict[str, Any], Parsed | None]:
    """Measuring temperature and its basis: stated, nominal room temperature, or not stated."""
    parsed = row.get(target)
    if parsed is None:
        return {"temperature_c": None, "temperature_basis": str(TemperatureBasis.NOT_STATED)}, None
    nominal = parsed.value.basis == "room_temperature"
    basis = TemperatureBasis.ROOM_TEMPERATURE if nominal else TemperatureBasis.STATED
    return {"temperature_c": parsed.value.value, "temperature_basis": str(basis)}, parsed


def draft_measurements(row: TypedRow, parts: Iterable[str], sample: Hashable, source_row: str) -> list[Draft]:
    """One draft per conductivity of a row."""
    shared = columns_of(row, MEASUREMENTS)
    temperature, temperature_cell = read_temperature(row)
    drafts = []
    for part in parts:
        own = columns_of(row, MEASUREMENTS, part)
        if "conductivity_s_per_cm" in own:
            drafts.append(_draft_measurement(own, shared, part, temperature, temperature_cell, sample, source_row))
    return drafts


def _draft_measurement(
    own: dict[str, Parsed],
    shared: dict[str, Parsed],
    part: str,
    temperature: dict[str, Any],
    temperature_cell: Parsed | None,
    sample: Hashable,
    source_row: str,
) -> Draft:
    described = {name: parsed for name, parsed in shared.items() if name not in ("value_basis", "contribution_basis")}
    if temperature_cell is not None:
        described["temperature_c"] = temperature_cell
    values, cells = to_values({**described, **own})
    sigma: Quantity = own["conductivity_s_per_cm"].value
    values |= temperature
    values |= {
        "contribution": part,
        "contribution_basis": _contribution_basis(
            shared.get("contribution_basis"), part, own["conductivity_s_per_cm"].basis
        ),
        "relation": relation_of(sigma),
        "uncertainty_s_per_cm": sigma.uncertainty,
        "value_basis": _value_basis(shared.get("value_basis"), part),
        "replicate_label": values.get("replicate_label") or "",
    }
    key = (sample, part, values["temperature_c"], values["temperature_basis"], values["replicate_label"])
    return Draft(MEASUREMENTS, key, values, parents={"sample_id": sample}, cells=cells, source_row=source_row)


def _contribution_basis(parsed: Parsed | None, part: str, of_header: str | None) -> str:
    """One word for the row speaks of the conductivity of unsaid kind, which stands under total; bulk and boundary are
    stated unless they are named. Where the row is silent the header says whether it names the kind."""
    words = parsed.value if parsed is not None else {}
    unsaid = words.get("") if part in (Contribution.TOTAL, Contribution.UNSPECIFIED) else None
    return str(words.get(part) or unsaid or of_header or ContributionBasis.STATED)


def _value_basis(parsed: Parsed | None, part: str) -> str:
    words = parsed.value if parsed is not None else {}
    return str(words.get(part) or words.get("") or ValueBasis.MEASURED)


def relation_of(quantity: Quantity) -> str:
    """The relation of a conductivity or an energy; the midpoint of a range is near the value, not equal to it."""
    in_range = quantity.basis == "range_midpoint" and quantity.relation == Relation.EQUAL
    return str(Relation.APPROXIMATE if in_range else quantity.relation)


def draft_activation_energies(row: TypedRow, parts: Iterable[str], sample: Hashable, source_row: str) -> list[Draft]:
    """One draft per activation energy of a row; the row's remark belongs to it where no conductivity claims it."""
    shared = columns_of(row, MEASUREMENTS)
    alone = not any(target == f"{MEASUREMENTS}.conductivity_s_per_cm" for target, _ in row.cells)
    kept = ("source_location", "remark") if alone else ("source_location",)
    told = {name: shared[name].value if name in shared else None for name in kept}
    told["replicate_label"] = row.value("activation_energies.replicate_label") or ""
    drafts = []
    for part in parts:
        own = columns_of(row, "activation_energies", part)
        if "activation_energy_ev" not in own:
            continue
        values, cells = to_values(own)
        energy: Quantity = own["activation_energy_ev"].value
        values |= told | {
            "contribution": part,
            "contribution_basis": _contribution_basis(
                shared.get("contribution_basis"), part, own["activation_energy_ev"].basis
            ),
            "relation": relation_of(energy),
            "uncertainty_ev": energy.uncertainty,
        }
        key = (sample, part, told["replicate_label"])
        parents: dict[str, Hashable] = {"sample_id": sample}
        drafts.append(Draft("activation_energies", key, values, parents=parents, cells=cells, source_row=source_row))
    return drafts
