import pytest

from groundswell.core.errors import InputError
from groundswell.measures.owned import OwnedAccount, owned_table, read_owned


def test_a_titles_own_accounts_are_read() -> None:
    found = read_owned("platform,actor,subject\nbluesky,did:plc:a,heartstopper\n\n", "owned.csv")
    assert found == [OwnedAccount("bluesky", "did:plc:a", "heartstopper")]
    assert owned_table(found).to_pylist() == [{"platform": "bluesky", "actor": "did:plc:a", "subject": "heartstopper"}]


@pytest.mark.parametrize(
    "text", ["", "a,b\n", "platform,actor,subject\nx,y\n", "platform,actor,subject\nx,,heartstopper\n"]
)
def test_a_line_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(InputError, match=r"owned\.csv, line [12]: "):
        read_owned(text, "owned.csv")
