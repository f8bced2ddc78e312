"""`forget`: somebody's viewing leaves the store for good."""

from pathlib import Path

import click

from groundswell.cli import work
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.quantity import counted
from groundswell.store.viewing import Viewing


@click.command(short_help="Remove every viewing session of a profile, for good.")
@click.argument("profile")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def forget(folder: Path | None, profile: str, as_json: bool) -> None:
    """Remove every viewing session of a profile, for good, and take in none of it from now on.

    The files that were loaded are not the store's: take PROFILE out of them too.
    """
    try:
        profile.encode()
    except UnicodeEncodeError:
        raise UsageError(
            "PROFILE is not UTF-8 text, which every profile held is; write it as its sessions do"
        ) from None
    gone = Viewing(work.store_of(work.open_here(folder))).forget(profile.strip(" "))
    said = (
        f"{counted(gone, 'session')} removed, and the files they stood in"
        if gone
        else "no session of this profile is held"
    )
    click.echo(json_text({"sessions": gone}) if as_json else said)
