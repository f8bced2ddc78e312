"""What a measure is called where people read of it; its id stands in settings, JSON and receipts."""

from groundswell.core.audience import (
    AMA,
    AVERAGE,
    COVIEWING,
    MEAN_TIME,
    MINUTES,
    PEAK,
    REACH,
    STREAMS,
    VIEWERS,
    WINDOWS,
)
from groundswell.measures.books import UNITS

_NAMES = {
    UNITS: "copies sold",
    "critics.score": "critics' score",
    "critics.top_score": "top critics' score",
    "critics.reviews": "critics' reviews",
    "critics.top_reviews": "top critics' reviews",
    "critics.certifiable": "standing with critics",
    "critics.certified_fresh": "critics' badge",
    "instagram.followers": "Instagram followers",
    "isp.speed": "internet providers' speed",
    "netflix.hours_half_year": "Netflix hours of half a year",
    "tiktok.followers": "TikTok followers",
    "tiktok.hashtag_views": "TikTok hashtag views",
    "youtube.subscribers": "YouTube subscribers",
}
_LIVE = {AMA: AVERAGE, REACH: VIEWERS, MEAN_TIME: MINUTES, PEAK: STREAMS}
_WINDOWS = {window.lower(): window for window in WINDOWS}
_COVIEWING = ".coviewing"


def name_of_measure(measure: str) -> str:
    """The plain name of a measure; of one a desk made, the words of its id.

    >>> name_of_measure("live.ama.live+1"), name_of_measure("band.fans_abroad")
    ('Live+1 average-minute audience', 'band fans abroad')
    """
    if measure in _NAMES:
        return _NAMES[measure]
    of, window = measure.removesuffix(_COVIEWING), ""
    if of not in _LIVE:
        of, _, window = of.rpartition(".")
    if of in _LIVE and (not window or window in _WINDOWS):
        counted = f"{_WINDOWS[window]} {_LIVE[of]}" if window else _LIVE[of]
        return f"{counted} {COVIEWING}" if measure.endswith(_COVIEWING) else counted
    return " ".join(measure.replace(".", " ").replace("_", " ").replace("-", " ").split())
