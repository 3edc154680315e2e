"""Freeze the views and triggers of today's code that differ from the newest frozen ones, for a revision.

Usage: python tools/freeze_derived.py REVISION
"""

import sys

from sse_db import views
from sse_db.database.revisions import freeze
from sse_db.dialects import sqlite_history as history

for name in freeze(sys.argv[1], views.create_statements() | history.create_statements()):
    print(name)
