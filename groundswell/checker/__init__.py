"""Reading sentences: press text to typed claims to verdicts. What is read, and what is not: docs/checker.md."""

from groundswell.checker.check import Checked, as_json, check, check_all, receipt_of
from groundswell.checker.decide import Decided
from groundswell.checker.lists import Lists

__all__ = ["Checked", "Decided", "Lists", "as_json", "check", "check_all", "receipt_of"]
