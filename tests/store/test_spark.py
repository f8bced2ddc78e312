"""What both engines understand by the same words, and what is refused before Spark sees it. (Spark itself: tests/parity.)"""

import pytest

from groundswell.core.errors import MachineryError
from groundswell.store.spark import translated


def test_duckdbs_words_become_sparks() -> None:
    assert translated("SELECT a FROM x SEMI JOIN y USING (b) ORDER BY a DESC, b") == (
        "SELECT a FROM x SEMI JOIN y USING (b) ORDER BY a DESC, b NULLS LAST"
    )
    assert translated("SELECT CAST(epoch_us(t) AS BIGINT) AS t, left(sha256(b), 16) FROM x") == (
        "SELECT CAST(UNIX_MICROS(t) AS BIGINT) AS t, LEFT(SHA2(b, 256), 16) FROM x"
    )
    assert translated(
        "SELECT a FROM x WHERE NOT EXISTS (FROM y WHERE y.t >= TIMESTAMPTZ '2022-05-02T00:00:00+00:00')"
    ) == (
        "SELECT a FROM x WHERE NOT EXISTS(SELECT * FROM y WHERE y.t >= CAST('2022-05-02T00:00:00+00:00' AS TIMESTAMP))"
    )


@pytest.mark.parametrize(
    "asked",
    [
        *("a / b", "a // b", "round(a, 1)", "lower(a)", "strlen(a)"),
        *("list(DISTINCT a ORDER BY a)", "string_agg(a, ',')", "any_value(a)", "median(a)"),
        *("date_diff('week', a, b)", "dayofweek(a)", "extract(dow FROM a)", "epoch_ms(a)"),
        "sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
    ],
)
def test_what_the_engines_answer_differently_or_may_is_refused(asked: str) -> None:
    with pytest.raises(MachineryError, match="not the same on both engines"):
        translated(f"SELECT {asked} AS a FROM x")


def test_all_columns_of_a_join_by_name_are_refused_as_their_order_is_not_the_same() -> None:
    assert "SEMI JOIN" in translated("SELECT b, a FROM x SEMI JOIN y USING (a)")
    with pytest.raises(MachineryError, match="the order of columns"):
        translated("SELECT b FROM (SELECT * FROM x SEMI JOIN y USING (a)) t")


def test_what_is_no_sql_is_refused_in_one_line() -> None:
    with pytest.raises(MachineryError) as refused:
        translated("SELECT (\n\nFROM")
    assert len(str(refused.value).splitlines()) == 1
