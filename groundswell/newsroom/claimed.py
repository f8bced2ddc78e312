"""The claim that an entry of a story's front matter makes of its words, held to what the record knows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from groundswell.catalog import WORLDWIDE
from groundswell.claims import EVERYWHERE, TYPES, Claim, Record, read
from groundswell.claims.quantity import hedge_before
from groundswell.core.errors import GroundswellError, InputError
from groundswell.core.period import Period
from groundswell.newsroom.story import Binding, Story

_COMPARED = ("comparison", "multiple")


class FieldError(InputError):
    """What is wrong with an entry, and in which `field` of it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def claim_of(binding: Binding, befores: Iterable[str], story: Story, record: Record) -> Claim:
    """The claim of an entry that has a kind, `befores` being what stands before its words wherever they do; or `FieldError`."""
    assert binding.kind is not None
    assert binding.subject is not None
    assert binding.period is not None
    for before in befores:
        if hedge := hedge_before(before):  # `54 countries` out of `more than 54 countries` says something else
            whole = f"'{hedge}' stands before it and changes what is claimed; quote '{hedge} {binding.says}'"
            raise FieldError("says", whole)
    with _of("period"):
        period = Period(*binding.period)
    if period.last >= story.front.released:
        over = f"speaks of {period.last}, which was not over when the story was released ({story.front.released})"
        raise FieldError("period", over)
    of_series = TYPES[binding.kind].of_series
    if of_series:
        with _of("measure"):
            record.check_measure(binding.measure)
    else:
        with _of("chart"):
            record.check_chart(binding.chart or "")
    for field in ("subject", "versus"):
        if (subject := getattr(binding, field)) and (problem := record.problem_with(subject)):
            raise FieldError(field, problem)
    territory = binding.territory or (EVERYWHERE if TYPES[binding.kind].everywhere else WORLDWIDE)
    with _of("says"):
        stated = read(binding.says, binding.kind)
    if not of_series and stated.measure and binding.measure and stated.measure != binding.measure:
        raise FieldError("measure", f"says {stated.measure.replace('_', ' ')} where its measure is {binding.measure}")
    if TYPES[binding.kind].needs_measure and not (stated.measure or binding.measure):
        raise FieldError("measure", "needs measure: hours_viewed or views")
    if (binding.kind == "comparison" and not binding.versus) or (binding.versus and binding.kind not in _COMPARED):
        with_what = (
            "a comparison needs versus: the subject it is compared with; a multiple may have one, no other kind has"
        )
        raise FieldError("versus", with_what)
    measure = binding.measure or stated.measure
    of = (binding.kind, binding.subject, binding.chart or "", territory, period, stated, measure, binding.versus)
    with _of("base"):
        base = Period(*binding.base) if binding.base else None
    return Claim(*of, base, binding.base_as)


@contextmanager
def _of(field: str) -> Iterator[None]:
    """Whatever is wrong is wrong with this field."""
    try:
        yield
    except GroundswellError as error:
        raise FieldError(field, str(error)) from error
