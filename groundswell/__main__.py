"""`python -m groundswell` is the `groundswell` command."""

from groundswell.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
