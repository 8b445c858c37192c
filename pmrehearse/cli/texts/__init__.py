"""The values that commands return, as text for people: one module a subject."""
