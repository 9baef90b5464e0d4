"""`python -m game`, and the command `kampuchea`: the command line."""

import sys


def main() -> None:
    """Run the command line; ends with SystemExit."""
    try:
        from game.cli import main as run
    except KeyboardInterrupt:  # before anything of ours runs that could catch it
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
