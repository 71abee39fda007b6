"""Sites and links that are proposed, and how they are told."""
