"""A CIF or POSCAR to a structure: syntax, rows of atoms, symmetry, positions, and what the file says of itself."""
