"""The window an audience is counted over, as it stands in words and before a unit: `preliminary Live+1 `."""

import re

from groundswell.claims.unit import UNITS
from groundswell.core.audience import PRELIMINARY, STREAMS, WINDOWS
from groundswell.core.errors import InputError

_WINDOW = re.compile(
    rf"[\s,(]*(?<!\w)(?:(?P<preliminary>{PRELIMINARY})|(?P<everywhere>global|worldwide)|live(?:[ -]only|(?P<later>\s*\+\s*\w+))?)"
    r"(?!\w)\)?,?",
    re.IGNORECASE,
)


def take_window(text: str) -> tuple[str, str]:
    """The text without the window it states, and how that is written before a unit: `preliminary Live+1 `."""
    windows, preliminary = [], ""
    for match in _WINDOW.finditer(text):
        if match["preliminary"]:
            preliminary = f"{PRELIMINARY} "
        if match["preliminary"] or match["everywhere"]:
            continue
        said = "".join(("Live", *(match["later"] or "").upper().split()))
        if said not in WINDOWS:
            raise InputError(f"'{match[0].strip(' ,()')}' is no window; known: {', '.join(WINDOWS)}")
        windows.append(said)
    if len(windows) > 1:
        raise InputError(f"'{text}' states several windows")
    return " ".join(_WINDOW.sub(" ", text).split()), preliminary + "".join(f"{window} " for window in windows)


def within(window: str, measure: str) -> str:
    """The measure over the window; streams are live whether it is said or not."""
    return (window.removesuffix("Live ") if measure == STREAMS else window) + measure


def apart(measure: str) -> tuple[str, str]:
    """What an audience's unit says before the unit itself, and that."""
    ends = sorted({*UNITS["audience"].measures.values()}, key=len, reverse=True)
    unit = next((end for end in ends if measure.endswith(end)), measure)
    return measure.removesuffix(unit), unit
