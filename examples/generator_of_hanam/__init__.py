"""Makes the example of Hanam 2022 out of its words: words in, tables out, no chance involved."""
