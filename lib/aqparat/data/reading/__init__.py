"""Raw files in: the rows of every table as text, typed and checked, with all that is wrong."""
