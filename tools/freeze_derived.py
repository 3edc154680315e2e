"""Write the views and triggers of today's code as the frozen file of a revision.

Usage: python tools/freeze_derived.py REVISION
"""

import sys

from sse_db import views
from sse_db.dialects import sqlite as history
from sse_db.revisions import SEPARATOR, frozen_path

statements = (*views.create_statements().values(), *history.create_statements().values())
frozen_path(sys.argv[1]).write_text(SEPARATOR.join(statements) + "\n", encoding="utf-8")
