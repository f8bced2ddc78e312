"""What measures are called: each one the project makes or reads has a name that is no id."""

import pytest

from groundswell.checker.held import MEASURES
from groundswell.core.audience import AMA, MEAN_TIME, PEAK, REACH, WINDOWS
from groundswell.measures.named import _NAMES, name_of_measure

LIVE = [PEAK, *(f"{of}.{window.lower()}" for of in (AMA, REACH, MEAN_TIME) for window in WINDOWS)]


@pytest.mark.parametrize("measure", [*MEASURES, *LIVE, AMA, f"{AMA}.live+7.coviewing", "critics.certifiable"])
def test_every_measure_known_has_a_name_of_its_own(measure: str) -> None:
    name = name_of_measure(measure)
    assert not {".", "_"} & set(name)
    assert name not in {name_of_measure(other) for other in {*MEASURES, *LIVE, AMA} - {measure}}
    assert measure in _NAMES or measure.startswith("live.")


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("books.units", "copies sold"),
        ("live.ama", "average-minute audience"),
        ("live.ama.live+1.coviewing", "Live+1 average-minute audience with co-viewing"),
        ("live.reach.live+sd", "Live+SD viewers"),
        ("live.peak", "concurrent streams"),
        ("live.ama.live+2", "live ama live+2"),
        ("moss.followers", "moss followers"),
        ("band.fans_abroad-2", "band fans abroad 2"),
    ],
)
def test_names(measure: str, name: str) -> None:
    assert name_of_measure(measure) == name
