"""A report as one web page that holds everything: what it is made of."""
