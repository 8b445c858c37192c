"""Takes on disk: their files, the index over them, reports and exports."""
