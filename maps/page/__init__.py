"""How any page is made: one sealed document in two languages, with its map, scripts and data."""
