"""Transcripts made elsewhere, read."""
