"""The Excel workbooks that organisations fill in."""
