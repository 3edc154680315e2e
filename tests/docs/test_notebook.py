"""The notebook for modellers runs from top to bottom on the seed, and says what the program says."""

import re
import shutil

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from support import seed_counts
from support.seeded import copy_seed, seed_path

from analysis.data.frames import read_view
from analysis.data.targets import TARGETS, build_matrix
from analysis.evaluation.noise_floor import measure_noise_floor
from analysis.folds.training_sets import read_training_set
from sse_db.database.engine import open_engine


@pytest.mark.filterwarnings("default")  # the kernel's own
def test_the_notebook_runs_and_its_folds_are_the_frozen_ones(root, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root))
    copy_seed(tmp_path)
    shutil.copy(root / "docs" / "modelling.ipynb", tmp_path)
    notebook = nbformat.read(tmp_path / "modelling.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    texts = [
        output.get("text") or output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    assert texts[0].startswith(f"{seed_counts.TRAINING['bulk']} samples of")
    assert any("by publication" in text and "boosted trees" in text for text in texts)
    by_hand, by_evaluate = re.search(r"by hand: (\S+), by evaluate: (\S+) decades", "".join(texts)).groups()
    assert by_hand == by_evaluate
    assert any("no known sample holds Cl, S" in text for text in texts), "predictions, with a warning"
    assert "the same when it is read back: True" in "".join(texts)
    engine = open_engine(str(seed_path()))
    floor = measure_noise_floor(build_matrix(read_view(engine, "training_bulk"), TARGETS["bulk"]))
    assert f"noise floor of bulk: {floor.mae:.3f} decades, from {floor.compositions} compositions" in "".join(texts)
    frozen = read_training_set(engine, TARGETS["bulk"], folds=True).frame["fold_by_publication"]
    engine.dispose()
    [folds] = [text for text in texts if text.lstrip().startswith("count") and "fold_by_publication" in text]
    shown = pd.DataFrame([line.split() for line in folds.splitlines()[-5:]]).astype(int)
    assert dict(shown.to_numpy().tolist()) == frozen.value_counts().sort_index().to_dict()


def test_the_notebook_is_committed_without_outputs(root):
    notebook = nbformat.read(root / "docs" / "modelling.ipynb", as_version=4)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
