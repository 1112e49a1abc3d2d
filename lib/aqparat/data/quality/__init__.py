"""What the checks found in the raw data, and who has filed: for a person, and free of language."""
