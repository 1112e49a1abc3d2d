"""`python -m aqparat`."""

from aqparat.cli import main

main(prog_name="aqparat")
