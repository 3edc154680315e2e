"""How rows are known, named, found, compared and shown. Reads only, never writes."""
