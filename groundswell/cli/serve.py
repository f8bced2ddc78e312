"""`serve`: the built site, and the pages over the desk behind it."""

import socket
from pathlib import Path

import click

from groundswell.cli import work
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.newsroom.desk import Desk
from groundswell.web.serve import new_token
from groundswell.web.serve import serve as serve_site

PORT = 8321


@click.command(short_help="Serve the built site and the check page on this machine.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="The port on 127.0.0.1.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the address and the token of POST /api/check as one JSON document."
)
@click.pass_obj
def serve(folder: Path | None, port: int, as_json: bool) -> None:
    """Serve the built site, the live page (/live/) and the check page (/check/) on this machine alone, until interrupted."""
    serve_desk(work.open_here(folder), port, as_json=as_json)


def serve_desk(desk: Desk, port: int, *, as_json: bool = False) -> None:
    """Say the address, then serve; `UsageError` when there is no site or the port is taken."""
    if not (desk.site / "index.html").exists():
        raise UsageError("no site is built yet; run 'groundswell build'")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(f"port {port} is taken; name another with --port") from None
    address = f"http://127.0.0.1:{port}/"
    token = new_token()
    if as_json:
        click.echo(json_text({"address": address, "token": token}))
    else:
        click.echo(f"Serving {desk.site} at {address} (Ctrl-C ends it)")
        click.echo(f"Live: {address}live/  Check a text: {address}check/")
        click.echo(f"The token for POST {address}api/check is {token}")
    serve_site(desk, port, work.now, token)
