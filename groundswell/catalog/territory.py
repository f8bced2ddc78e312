"""Territories by ISO 3166 code, and the names producers and the press use for them."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

WORLDWIDE = "WW"


@cache
def _territories() -> tuple[dict[str, str], dict[str, str]]:
    """Code → English name, and any known name or code → code."""
    import pycountry  # slow to import, and most commands name no territory

    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        names[country.alpha_2] = getattr(country, "common_name", country.name)
        for kind in ("alpha_2", "name", "common_name", "official_name"):
            codes.setdefault(getattr(country, kind, ""), country.alpha_2)
    text = (files("groundswell.catalog") / "data" / "territories.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        names[row["code"]] = row["name"]
        for name in (row["code"], row["name"], *row["aliases"].split("|")):
            codes[name] = row["code"]
    codes.pop("", None)
    return names, codes


def code_of(text: str) -> str | None:
    """The code of a territory named in English or by its code (`GB`, `US-CA`, `UK`, `South Korea`, `WW`); else None."""
    _, codes = _territories()
    if text in codes:
        return codes[text]
    found = _subdivision(text)
    return str(found.code) if found else None


def name_of(code: str) -> str:
    """The English name of a territory code, the code itself when unknown."""
    names, _ = _territories()
    if code in names:
        return names[code]
    found = _subdivision(code)
    return str(found.name) if found else code


def _subdivision(code: str) -> Any:
    import pycountry

    return pycountry.subdivisions.get(code=code) if "-" in code else None  # type: ignore[no-untyped-call]
