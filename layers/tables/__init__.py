"""Tables of points, in text or Excel: cells, heading, coordinates, rows that are no records."""
