"""Tables of descriptors of one's own, as the command line reads them."""

import pandas as pd
import pytest

from sse_db.cli.targets import read_table
from sse_db.errors import UnusableEstimator

FRAME = pd.DataFrame({"sample_id": [1, 2], "hardness": [5.0, 6.5]})


def write_book(path, **sheets):
    with pd.ExcelWriter(path) as book:
        for name, frame in sheets.items():
            frame.to_excel(book, sheet_name=name, index=False)
    return path


def test_the_one_filled_sheet_of_a_workbook_is_read(tmp_path):
    path = write_book(tmp_path / "extra.xlsx", Empty=pd.DataFrame(), Mine=FRAME)
    pd.testing.assert_frame_equal(read_table(path), FRAME)


def test_of_two_filled_sheets_none_is_chosen_silently(tmp_path):
    path = write_book(tmp_path / "extra.xlsx", Mine=FRAME, Other=FRAME)
    with pytest.raises(UnusableEstimator, match="has 2 sheets: Mine, Other"):
        read_table(path)
