"""How the points of an impedance spectrum become resistances of bulk and grain boundary, and how sure they are.

Points come in as plain arrays (frequency in Hz, impedance in ohm); nothing here knows a file, a sheet or a table.
"""
