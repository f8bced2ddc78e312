"""Ratios against the best hand-written way, in one run: `make bench`."""
