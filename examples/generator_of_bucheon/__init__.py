"""Makes the example of Bucheon 2006 out of its words: words in, tables out, no chance involved."""
