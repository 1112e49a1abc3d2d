"""Blocks and inline text as HTML: for the page, and for whoever runs a notebook in JupyterLab."""
