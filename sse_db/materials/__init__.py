"""What is true of matter without a database or a sheet: formulas, structures, space groups. Only here a CIF is read."""
