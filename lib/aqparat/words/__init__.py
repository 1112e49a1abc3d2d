"""Numbers, names and findings in a language: labels, grammar, prose."""
