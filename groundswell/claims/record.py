"""The record of a desk as known at one time: everything a claim can be asked against."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import msgspec

from groundswell.catalog import Catalog
from groundswell.charts.definition import Chart, Charts
from groundswell.charts.placing import place
from groundswell.claims.ask import TYPES
from groundswell.claims.claim import Claim, Judged
from groundswell.claims.judge import judge
from groundswell.claims.receipt import receipt
from groundswell.core.errors import UsageError, nearest
from groundswell.core.protocol import Engine
from groundswell.measures.series import identify

_LOADS = "SELECT * FROM loads ORDER BY known_from, loaded_at, load_id DESC"
"""Of several loads of one snapshot the one that answers last, as in `store.vintage`."""


class Record:
    """All charts of a desk, placed, and all series; claims are judged and receipted against it."""

    def __init__(self, engine: Engine, catalog: Catalog, charts: Charts) -> None:
        self.engine = engine
        self.charts = charts
        self._catalog = catalog
        place(engine, catalog, charts)
        identify(engine, catalog)

    def judge(self, claims: Sequence[Claim]) -> list[Judged]:
        """A verdict for each claim, asked as a set; explained on demand, also when the engine is closed by then."""
        if not claims:
            return []
        self.name_of(claims[0].subject)  # the names are read while the engine is open
        return judge(self.engine, claims, self)

    def receipt(self, judged: Judged, sentence: str) -> dict[str, Any]:
        """The receipt of a judged claim made with the words `sentence`."""
        return receipt(judged, self._snapshots, sentence)

    def receipts(self, claims: Sequence[Claim]) -> list[dict[str, Any]]:
        """The receipts of claims asked as a set, each made with the words it states."""
        return [self.receipt(judged, judged.claim.stated.text) for judged in self.judge(claims)]

    def name_of(self, subject: str) -> str:
        """A subject's name as last printed, or as the catalogue has it."""
        if subject in self._catalog.subjects:
            return self._catalog.subjects[subject].name
        title, season = self._printed.get(subject, (subject, ""))
        return season if season.startswith(title) else f"{title}: {season}" if season else title

    def title_of(self, chart: str) -> str:
        """A chart's title."""
        return self.charts.get(chart).title

    def is_all_time(self, chart: str) -> bool:
        """Whether a chart's figures are of more than its periods."""
        return self.charts.get(chart).all_time

    @cached_property
    def names(self) -> set[str]:
        """Every title, season and chart known, as printed, catalogued or headed."""
        printed = {name for names in self._printed.values() for name in names if name}
        charts = {self.title_of(chart) for chart in self.loaded_charts}
        return printed | charts | {subject.name for subject in self._catalog.subjects.values()}

    def problem_with(self, subject: str) -> str | None:
        """What is wrong with a subject id, naming the nearest; None when it is known."""
        if subject in self._printed:
            return None
        parts = sorted(known for known in self._printed if known.startswith(subject + "/"))
        if parts:
            return f"subject '{subject}' is on lists by its parts: name one of {', '.join(parts[:5])}"
        if subject in self._catalog.subjects:
            return None
        return f"no subject '{subject}' is held; {nearest(subject, [*{**self._printed, **self._catalog.subjects}])}"

    @cached_property
    def loaded_charts(self) -> list[str]:
        """The ids of the charts at least one issue of which is held."""
        charts = self.engine.query("SELECT DISTINCT chart FROM expected ORDER BY chart").column(0)
        return [str(chart) for chart in charts.to_pylist()]

    @property
    def _withheld_charts(self) -> list[str]:
        """The charts of which something is held that may not be shown."""
        charts = self.engine.query(
            "SELECT DISTINCT chart FROM all_issues JOIN loads USING (load_id) WHERE may_show = 'nothing' ORDER BY chart"
        )
        return [str(chart) for chart in charts.column(0).to_pylist()]

    def check_measure(self, measure: str) -> None:
        """`UsageError` naming the nearest when no reading of that measure, or of one below it (`live.ama`), is held."""
        held = self._measures
        if not any(one == measure or one.startswith(f"{measure}.") for one in held):
            raise UsageError(f"no reading of measure '{measure}' is held; {nearest(measure, held)}")

    def check_chart(self, chart: str) -> Chart:
        """The definition of a chart that is defined or loaded; `UsageError` names the nearest, a measure or what is withheld."""
        try:
            return self.charts.check(chart, self.loaded_charts)
        except UsageError:
            if chart in self._withheld_charts:
                raise UsageError(
                    f"chart '{chart}' is held, and its origin lets nothing of it be shown: its may_show is nothing"
                ) from None
            if chart not in self._measures:
                raise
        kinds = ", ".join(kind for kind, of in TYPES.items() if of.of_series)
        raise UsageError(
            f"'{chart}' is a measure, it has readings and no ranks: a claim names it as its measure, in place of a chart, "
            f"with a kind of {kinds}"
        )

    @cached_property
    def _measures(self) -> list[str]:
        """The measures any reading of which is held."""
        both = "SELECT measure FROM levels UNION SELECT measure FROM withheld ORDER BY measure"
        return [str(measure) for measure in self.engine.query(both).column(0).to_pylist()]

    @cached_property
    def _printed(self) -> dict[str, tuple[str, str]]:
        """Subject → title and season as last printed; a list's go before a series'."""
        named = (
            "SELECT subject, arg_max({{'title': title, 'season': season}}, last_day) AS names FROM {} GROUP BY subject"
        )
        rows = [
            row
            for table in ("withheld", "levels", "placed")
            for row in self.engine.query(named.format(table)).to_pylist()
        ]
        printed = {row["subject"]: tuple(row["names"].values()) for row in rows}
        return dict(sorted(printed.items()))

    @cached_property
    def _snapshots(self) -> dict[str, dict[str, object]]:
        return {
            row["snapshot_id"]: {
                "feed": row["feed"],
                "known_from": row["known_from"].isoformat().replace("+00:00", "Z"),
                "origin": msgspec.json.decode(row["origin"]),
            }
            for row in self.engine.query(_LOADS).to_pylist()
        }
