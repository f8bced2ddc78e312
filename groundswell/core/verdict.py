"""What may be said of a claim: three verdicts, never a bool."""

from enum import StrEnum


class Verdict(StrEnum):
    """The result of asking the data. Missing evidence is `undecidable`, never `refuted`."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDABLE = "undecidable"


class Reason(StrEnum):
    """Why a claim could not be decided."""

    NO_DATA = "no_data"
    OUTSIDE_WINDOW = "outside_window"
    AMBIGUOUS_SUBJECT = "ambiguous_subject"
    AMBIGUOUS_PERIOD = "ambiguous_period"
    UNREAD_QUALIFIER = "unread_qualifier"
    VAGUE = "vague"
    EXTERNAL = "external"
    DEFINITION_DIFFERS = "definition_differs"
    PARSER_LIMIT = "parser_limit"
