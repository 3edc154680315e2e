"""The words that options accept are those of the registries, and reading the registries costs no library."""

import subprocess
import sys

import pytest

from analysis.data.targets import TARGETS
from analysis.folds.protocols import PROTOCOLS
from analysis.models.extended import EVERY_CANDIDATE
from etl.readers import READERS
from sse_db.cli.choices import FormatName, ModelName, ProtocolName, TargetName

REGISTRIES = {
    "targets": (TargetName, TARGETS),
    "models": (ModelName, EVERY_CANDIDATE),
    "protocols": (ProtocolName, [*(name.replace(" ", "-") for name in PROTOCOLS), "known-paper", "all"]),
    "formats": (FormatName, ["auto", *(reader.name for reader in READERS)]),
}

NEW_MODEL = """
import sys
from dataclasses import replace
from analysis.models.candidates import CANDIDATES
CANDIDATES["new-model"] = replace(CANDIDATES["lasso"], name="new-model")
from sse_db.cli.app import make_app
app = make_app()
print(sorted({"numpy", "pandas", "sklearn", "scipy", "sqlalchemy", "pydantic", "pymatgen"} & set(sys.modules)))
app(["train", "--help"])
"""


@pytest.mark.parametrize(("choice", "registry"), REGISTRIES.values(), ids=REGISTRIES.keys())
def test_the_command_line_offers_every_entry_in_its_order(choice, registry):
    assert [str(word) for word in choice] == list(registry)


def test_a_new_model_can_be_trained_at_once_and_help_imports_no_library():
    shown = subprocess.run([sys.executable, "-c", NEW_MODEL], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[0] == "[]"
    assert "|lasso|new-model|" in shown
