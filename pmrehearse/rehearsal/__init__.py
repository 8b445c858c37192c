"""One run as a value that time and events advance."""
