"""The small newsroom."""

from tests.paper import loaded_paper, paper

__all__ = ["loaded_paper", "paper"]
