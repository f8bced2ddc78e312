"""`python -m groundswell` is the `groundswell` command."""

import sys


def main() -> int:
    """Run the command; Ctrl-C while it is still being read from disk ends it in one line too."""
    try:
        from groundswell.cli import main as run
    except KeyboardInterrupt:
        print("groundswell: stopped", file=sys.stderr)
        return 130
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
