"""The learned judge: reads passages by criteria, where the written rules end."""
