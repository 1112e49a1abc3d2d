"""`aqparat`, or `python -m aqparat`: nothing is imported before Ctrl-C can be answered."""

import signal
import sys


def main() -> None:
    """Run a command.

    Ctrl-C before it has begun ends it with status 130; once it has ended, it ends as it did. What Ctrl-C does
    meanwhile is said in `publish.terminal.reported`.
    """
    try:
        from aqparat.cli import main as command

        command(prog_name="aqparat")
    except KeyboardInterrupt:
        eval("0")  # else CPython dies of the signal where it came in an import
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
