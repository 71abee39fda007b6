"""What is there: input layers, read, checked, repaired and counted."""
