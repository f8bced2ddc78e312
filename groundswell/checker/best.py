"""Records: `the most hours ever in a week`, `the record for any non-English film`; asked since the first list there is."""

from decimal import Decimal

from groundswell.checker.cue import BEFORE_CUES
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import HOURS, VIEWS

_SET = frozenset("set sets setting broke breaks breaking broken holds shattered shattering".split())
_WITHIN = frozenset("ever viewed in a an one any single week for by of all the netflix 's history list lists".split())
_AFTER = frozenset({"", ".", ",", ";", "with", "since", "(", ")", "!", "–", "—"})


def record(s: Sentence, at: int) -> Draft | None:
    """A record said at `at`, where its words say of which list or that it is of a week ever; anything more is another record."""
    measure = ""
    if s.w(at) == "most" and s.w(at + 1) in HOURS | VIEWS:
        measure, last = ("hours_viewed" if s.w(at + 1) in HOURS else "views"), at + 2
    elif s.w(at) == "record" and any(s.w(n) in _SET and s.w(n - 1) not in {"had", "has"} for n in range(at - 4, at)):
        last = at + 1
    else:
        return None
    end = last
    while s.w(end) in _WITHIN and end not in s.scan.listing_at:
        end += 1
    listing = s.scan.listing_at.get(end)
    end = listing.last if listing else end
    said = {s.w(n) for n in range(last, end)}
    if s.w(end) not in _AFTER or not (listing if not measure else {"ever", "history"} & said):
        return None
    clause = f" {' '.join(s.words(s.clause(at)))} "
    earlier = any(cue in clause for cue in BEFORE_CUES)
    when = ("before",) if earlier else s.when(Number(at, last, Form.CARDINAL, start=at), end)
    return Draft(
        at, last, "record", Decimal(1), measures=(measure,) if measure else (), listing=listing, when=when,
        widely=listing is None,
    )  # fmt: skip
