import pytest

from groundswell.core.errors import (
    FetchError,
    GroundswellError,
    InputError,
    MachineryError,
    Refused,
    UsageError,
    nearest,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), 2),
        (InputError("x"), 2),
        (FetchError("x", transient=True), 2),
        (Refused(["a", "b"]), 1),
        (MachineryError("x"), 3),
    ],
)
def test_every_error_is_of_one_tree_and_knows_its_exit_code(error: GroundswellError, code: int) -> None:
    assert isinstance(error, GroundswellError)
    assert error.exit_code == code


@pytest.mark.parametrize("mess", ["a\nb", "a\r\nb", "a\x0bb", "a\u2028b"])
def test_a_message_is_one_line_whatever_a_file_put_in_it(mess: str) -> None:
    assert str(InputError(f"'{mess}' is not a number")) == "'a b' is not a number"
    assert str(FetchError(mess, transient=False)) == "a b"


def test_refused_keeps_its_reasons_and_fetch_errors_say_whether_to_try_again() -> None:
    assert Refused(["54 is 53", "no such list"]).reasons == ["54 is 53", "no such list"]
    assert FetchError("x", transient=True).transient
    assert isinstance(FetchError("x", transient=False), InputError)


def test_nearest_names_near_matches_first_else_what_is_known() -> None:
    assert nearest("mon-sum", ["mon-sun", "sun-sat", "month"]).startswith("nearest: mon-sun")
    assert nearest("qqqq", ["beta", "alpha"]) == "known: alpha, beta"
    assert nearest("qqqq", []) == "known: none"
    assert nearest("zz", [f"name{n:02}" for n in range(40)]).endswith(", name11 and 28 more")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("netflix.global.tv_englsh", True),
        ("NETFLIX.Global.TV_English", True),
        ("netflix.global", True),
        ("TV English", True),
        ("tv", False),
        ("netflix.global.films_english", True),
        ("nyt.series-books", False),
        ("xylophone", False),
        ("hours", False),
        ("", False),
        ("n" * 100_000, False),
    ],
)
def test_what_is_far_is_no_hint(asked: str, near: bool) -> None:
    assert (
        nearest(asked, ["netflix.global.tv_english"]) == f"{'nearest' if near else 'known'}: netflix.global.tv_english"
    )
