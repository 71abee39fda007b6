"""What commands leave: whole or not at all, and safe to open."""
