"""What one types: thin commands, one verb each."""
