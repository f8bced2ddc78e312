from datetime import date
from itertools import permutations

import msgspec
import pytest

from groundswell.core.origin import Evidence, MayShow, Origin, weakest

_PUBLISHED, _CAPTURED, _SIMULATED = Evidence.PUBLISHED, Evidence.CAPTURED, Evidence.SIMULATED


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], None),
        ([_PUBLISHED], _PUBLISHED),
        ([_PUBLISHED, _CAPTURED], _CAPTURED),
        ([_PUBLISHED, _SIMULATED], _SIMULATED),
        ([_PUBLISHED, _CAPTURED, _SIMULATED], _SIMULATED),
    ],
)
def test_a_chain_of_evidence_is_as_strong_as_its_weakest(evidence: list[Evidence], expected: Evidence | None) -> None:
    assert {weakest(order) for order in permutations(evidence)} == {expected}


def _read(sidecar: str) -> Origin:
    return msgspec.toml.decode(sidecar, type=Origin)


def test_a_sidecar_states_an_origin() -> None:
    origin = _read('producer = "Moss Weekly"\ntitle = "List"\nlicence = "none stated"\nfetched = 2022-05-23\n')
    assert (origin.fetched, origin.complete_for, origin.status) == (date(2022, 5, 23), "*", _PUBLISHED)
    assert origin.may_show is MayShow.VALUES


@pytest.mark.parametrize(
    "wrong",
    [
        'title = "List"\nlicence = "x"',
        'producer = "A"\ntitle = "B"\nlicence = "C"\nlicense = "C"',
        'producer = "A"\ntitle = "B"\nlicence = "C"\nstatus = "leaked"',
        'producer = "A"\ntitle = "B"\nlicence = "C"\nmay_show = "all"',
        'producer = "A"\ntitle = "B"\nlicence = "C"\nstands_for = "Moss Weekly"',
        'producer = "A"\ntitle = "B"\nlicence = "C"\nfetched = "soon"',
    ],
)
def test_a_sidecar_that_says_too_little_too_much_or_what_cannot_be_is_refused(wrong: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        _read(wrong)


def test_only_a_simulated_file_stands_for_another() -> None:
    origin = Origin(producer="Example", title="B", licence="CC0", status=_SIMULATED, stands_for="Moss Weekly")
    assert origin.stands_for == "Moss Weekly"
