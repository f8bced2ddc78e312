"""Typed claims: asked in sets, compared at the precision stated, said in English, each with its receipt."""

from groundswell.claims.ask import TYPES
from groundswell.claims.claim import Claim, Found, Judged
from groundswell.claims.growth import GROWTH
from groundswell.claims.judge import EVERYWHERE, judge
from groundswell.claims.quantity import Stated, read, say, say_ordinal
from groundswell.claims.record import Record

__all__ = [
    "EVERYWHERE",
    "GROWTH",
    "TYPES",
    "Claim",
    "Found",
    "Judged",
    "Record",
    "Stated",
    "judge",
    "read",
    "say",
    "say_ordinal",
]
