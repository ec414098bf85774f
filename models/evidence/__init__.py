"""Evidence files (증빙자료): what they may be, where they are kept, which report they belong to."""
