"""The commands: they return values that `render` turns into text or JSON."""
