"""A plan that lives: drafted, reviewed, confirmed, changed, moved between departments, and every version of it kept."""
