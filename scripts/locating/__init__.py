"""Where the layers lie, and where they ought to."""
