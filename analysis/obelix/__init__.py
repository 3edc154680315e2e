"""The public benchmark on OBELiX (doi 10.1039/d5dd00441a): its rows, the chosen model, and how both are scored."""
