"""The data doctor: what is wrong with the layers, whom it touches, what to do."""
