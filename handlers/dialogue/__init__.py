"""The small language dialogues are written in: screens, fields, steps, and the engine that takes answers."""
