"""Makes the example of Seoul 2019 out of the vocabulary: words in, tables out, no chance involved."""
