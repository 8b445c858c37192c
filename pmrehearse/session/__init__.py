"""One take from the first block of sound to its report: the pieces wired together through ports."""
