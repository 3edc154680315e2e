"""What is found in simulated data of the paper's size, with relations planted as in its Table 2, over many seeds.

Usage: python benchmarks/known_answers.py [--small] [--seeds N]

Prints, over seeds 0, 1, 2 … (none is picked): the mean rank by gain of planted descriptors beside a permuted target,
how many of them stand among the first seven by each kind of importance,
R² of targets and of the same divided by grain size, and how far random folds flatter when papers have offsets.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.known_answers import count_planted, divide_by_grain_size, find_planted, flatter
from support.simulated import PLANTED

from analysis.evaluation.importance import TOP

OFFSETS = (0.0, 0.4, 0.6, 0.8)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description="Planted relations and what is found of them.")
    parser.add_argument("--small", action="store_true", help="three seeds, to see that it runs")
    parser.add_argument("--seeds", type=int, default=20, help="number of simulated databases")
    options = parser.parse_args()
    seeds, console = range(3 if options.small else options.seeds), Console(width=130)
    for target in PLANTED:
        found = find_planted(target, seeds)
        table = Table("planted descriptor", "mean rank by gain", "deviation over seeds", title=target)
        for name in [*PLANTED[target], "planted", "null", "first_seven", "first_seven_null"]:
            table.add_row(name, f"{found[name].mean():.2f}", f"{found[name].std():.2f}")
        console.print(table)
        counts = count_planted(target, seeds)
        table = Table("importance", "planted among the first seven", "all seven of them")
        for kind in counts:
            table.add_row(kind, f"{counts[kind].mean():.2f}", f"{(counts[kind] == TOP).mean():.0%}")
        console.print(table)
        pair = divide_by_grain_size(target, seeds)
        gain = pair["r2_per_grain"] - pair["r2"]
        print(f"R² {pair['r2'].mean():.3f}, divided by grain size {pair['r2_per_grain'].mean():.3f}, ", end="")
        print(f"higher for {int((gain > 0).sum())} of {len(seeds)} seeds")
    table = Table("model", "offset (decades)", "its variance", "MSE random", "MSE by publication", "difference")
    for model in ("svr-rbf", "xgboost"):
        for offset in OFFSETS:
            mse = flatter(offset, seeds, model).mean()
            cells = (mse["random"], mse["by_publication"], mse["by_publication"] - mse["random"])
            table.add_row(model, str(offset), f"{offset**2:.2f}", *(f"{value:.3f}" for value in cells))
    console.print(table)


if __name__ == "__main__":
    main()
