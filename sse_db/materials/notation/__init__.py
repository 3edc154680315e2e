"""How papers write formulas: characters, grammar, amounts, slips, refusals; ``materials.formulas`` is the door."""
