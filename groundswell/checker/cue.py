"""Words that several frames look for: plain data."""

AT_TOP = (
    ("on", "top"),
    ("at", "the", "top"),
    ("to", "the", "top"),
    ("top", "spot"),
    ("at", "the", "head"),
    ("at", "the", "summit"),
    ("no", ".", "1"),
    ("#", "1"),
    ("number", "one"),
    ("number", "1"),
    ("first", "place"),
    ("was", "first"),
    ("been", "first"),
    ("is", "first"),
    ("first", "on"),
    ("first", "among"),
    ("in", "first"),
    ("still", "first"),
    ("atop",),
    ("in", "front", "on"),
    ("winner", "'s"),
    ("lead",),
    ("to", "beat"),
)
BEFORE_CUES = (
    " week ago "," week earlier ", " week before ", " week prior ", " previous week ", " prior week ", " frame before ",
    " previous frame ", " seven days earlier ", " days earlier ", " preceding week ", " frame earlier ", " week previously ",
    " weeks before ",
)  # fmt: skip
AGO = frozenset("ago earlier".split())
OPENING = tuple(
    f" {at} {whose} {what} "
    for at in ("in", "during", "over", "for")
    for whose in ("its", "their", "the")
    for what in (
        "opening frame",
        "opening week",
        "opening weekend",
        "debut week",
        "debut weekend",
        "premiere week",
        "launch week",
    )
)
MOST = frozenset("watched viewed popular streamed".split())
AFTER_RANK = frozenset(
    "with on among for and in at behind globally overall worldwide again this last of while as after during when there "
    "but over respectively and".split()
)
PRESENT = frozenset("is are now currently today ranks sits stands remains stays holds tops leads".split())
"""Words that speak of the week of the release."""
