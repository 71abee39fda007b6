"""What pages are put together from: panel, legend, cards, charts, lists."""
