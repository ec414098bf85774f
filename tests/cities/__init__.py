"""The five cities: each year played through the dialogues, month by month, to a result worked out elsewhere."""
