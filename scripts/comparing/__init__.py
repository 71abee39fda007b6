"""Before and after: scenarios measured and told."""
