"""Layers of results as files for other programs: a module for each format."""
