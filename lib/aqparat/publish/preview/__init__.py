"""A report in a browser, made again whenever data, texts or notebooks change."""
