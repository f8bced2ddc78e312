"""`uplift`: what a series did at an event, in words no stronger than what it is compared with."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundswell.catalog import WORLDWIDE, code_of, name_of
from groundswell.claims.growth import SMALLEST_BASE
from groundswell.claims.unit import COUNTED
from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import InputError, UsageError
from groundswell.core.origin import Evidence
from groundswell.core.quantity import half_up
from groundswell.measures.named import name_of_measure

if TYPE_CHECKING:
    from groundswell.measures.uplift import Rank

_TEN_THOUSANDTH = Decimal("0.0001")


@click.command(short_help="How much a series rose at an event, ranked.")
@click.argument("subject")
@click.argument("measure")
@click.option("--event", metavar="D", required=True, help="The day of the event.")
@click.option("--territory", metavar="CC", help="A territory's ISO 3166 code or name; worldwide by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def uplift(folder: Path | None, subject: str, measure: str, event: str, territory: str | None, as_json: bool) -> None:
    """How much a series rose at an event, ranked against its own past and against the other titles of its measure.

    Prints per cents and ranks, no figures. What coincides with an event need not be caused by it.
    """
    from groundswell.measures.uplift import series, territories_of  # numpy is loaded for this command alone
    from groundswell.measures.uplift import uplift as measured

    desk = work.open_here(folder)
    day = work.day(event)
    assert day is not None
    code = code_of(territory) if territory else WORLDWIDE
    if code is None:
        raise UsageError(f"no territory '{territory}'; write an ISO 3166 code such as GB, or WW")
    with work.record_of(desk) as record:
        try:
            record.check_measure(measure)
        except UsageError as error:
            raise UsageError(
                f"{error}; 'groundswell status' lists what is held, and 'groundswell load' takes in a file that has it"
            ) from None
        if problem := record.problem_with(subject):
            raise UsageError(problem)
        of = series(record.engine, measure, code)
        if subject not in of:
            raise InputError(_not_in(code, subject, measure, territories_of(record.engine, measure, subject)))
        found = measured(of, subject, day, SMALLEST_BASE if of[subject].unit in COUNTED else 0)
        name = record.name_of(subject)
    ranks = {"in_time": found.in_time, "among_titles": found.among_titles}
    if as_json:
        body: dict[str, object] = {
            "subject": subject, "measure": measure, "territory": code, "event": day, "before": found.before.as_json(),
            "after": found.after.as_json(), "per_cent": half_up(found.per_cent, _TEN_THOUSANDTH),
        }  # fmt: skip
        body |= {
            kind: {"place": rank.place, "placebos": rank.placebos, "p": _decimal(rank.p)}
            for kind, rank in ranks.items()
        }
        click.echo(json_text({**body, "wording": found.wording, "evidence": found.evidence}))
        return
    change = f"{'up' if found.per_cent >= 0 else 'down'} {half_up(abs(found.per_cent), Decimal('0.1')):,}%"
    simulated = " (simulated)" if found.evidence is Evidence.SIMULATED else ""
    where = "" if code == WORLDWIDE else f", {name_of(code)}"
    told = [
        f"{name}, {name_of_measure(measure)}{where}: {change}{simulated}",
        f"  the mean of {found.after.in_words()} against that of {found.before.in_words()}",
        f"  in time: {_placed(found.in_time, 'the days before it that it could have been')}",
        f"  among titles: {_placed(found.among_titles, 'the others at the same time')}",
        f"What may be said: {found.wording}.",
    ]
    for line in told:
        click.echo(output.printable(line))


def _placed(rank: "Rank", others: str) -> str:
    return f"place {rank.place} of {rank.placebos + 1} with {others} (p {_decimal(rank.p)})"


def _decimal(p: Fraction) -> Decimal:
    return half_up(Decimal(p.numerator) / Decimal(p.denominator), _TEN_THOUSANDTH)


def _not_in(territory: str, subject: str, measure: str, held_in: list[str]) -> str:
    """That a subject has no readings there, and where it has."""
    head = f"no reading of {measure} is held of {subject} in {territory}"
    if held_in:
        more = f" and {len(held_in) - 8} more" if len(held_in) > 8 else ""
        return f"{head}; it has some in {', '.join(held_in[:8])}{more}: name one with --territory"
    return f"{head} or elsewhere; name a title that has some ('groundswell status' counts them), or load its file"
