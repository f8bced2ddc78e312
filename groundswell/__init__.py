"""Audience charts, claims with receipts, and a newsroom that refuses a number its data contradicts."""

__version__ = "0.1.0"
