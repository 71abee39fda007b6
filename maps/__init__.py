"""How it looks: one page per question, each a single file that needs no internet."""
