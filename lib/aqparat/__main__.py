"""`python -m aqparat`."""

from aqparat.cli import main

if __name__ == "__main__":
    main(prog_name="aqparat")
