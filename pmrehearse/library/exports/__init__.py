"""A report as a file for others, one module a format; each is a function from a report to text."""
