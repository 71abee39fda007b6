"""What is wrong with data: places and counts, found in layers and network, before any measuring."""
