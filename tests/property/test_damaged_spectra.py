"""Files of spectra that something happened to: each of five hundred is refused in words or read rightly."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from support.mutations import damage_text
from support.spectrum_files import SUFFIXES, WRITERS, is_right, mutate, points

from etl.spectra.reader import read_spectra
from sse_db.errors import SseDbError

COUNT, DAMAGED = 500, 300


def test_a_mishap_is_refused_in_words_or_the_points_are_those_that_are_there(tmp_path: Path) -> None:
    generator, forms = np.random.default_rng(20), list(WRITERS)
    wrong = []
    for k in range(COUNT):
        mutated = mutate(generator, forms[k % len(forms)])
        path = tmp_path / f"file{mutated.suffix}"
        path.write_bytes(mutated.content)
        try:
            spectra = read_spectra(path)
        except SseDbError as error:
            if not str(error).startswith(path.name):
                wrong.append(f"{mutated.name}: {error}")
            continue
        found = tuple(
            np.concatenate([getattr(each, name) for each in spectra]) for name in ("frequency_hz", "impedance_ohm")
        )
        truths = [points(count) for count in range(14, 31)] if mutated.expected == "prefix" else [None]
        if mutated.expected is None or not any(is_right(found, mutated, truth) for truth in truths):
            wrong.append(mutated.name)
    assert not wrong


def test_bytes_changed_at_random_never_crash_the_reader(tmp_path: Path) -> None:
    chance, forms = random.Random(20), list(WRITERS)
    for k in range(DAMAGED):
        form = forms[k % len(forms)]
        path = tmp_path / f"file{SUFFIXES[form]}"
        path.write_bytes(damage_text(WRITERS[form](*points()).encode(), chance))
        try:
            spectra = read_spectra(path)
        except SseDbError:
            continue
        assert all(np.isfinite(each.impedance_ohm).all() for each in spectra)
