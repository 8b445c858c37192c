"""Over many takes: coverage, trends, what is due, loops."""
