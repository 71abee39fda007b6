"""Layers from OpenStreetMap: extracts, servers, and what its tags mean."""
