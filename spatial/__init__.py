"""Who is served: walking distances, coverage and circles on a street network; opens no file."""
