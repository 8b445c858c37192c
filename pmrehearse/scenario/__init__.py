"""What is rehearsed: scenarios as values, and reading them from TOML."""
