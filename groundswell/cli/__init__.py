"""The command line: one line for what went wrong, and an exit code that says whose turn it is.

Exit: 0 done · 1 refuted, refused, or a receipt changed · 2 usage or unusable input · 3 machinery.
"""

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from groundswell import __version__
from groundswell.cli import output
from groundswell.cli.check import check_command
from groundswell.cli.forget import forget
from groundswell.cli.load import load, rebuild
from groundswell.cli.publish import build, demo, new, verify
from groundswell.cli.reduce import reduce
from groundswell.cli.serve import serve
from groundswell.cli.show import chart, status
from groundswell.cli.uplift import uplift
from groundswell.cli.watch import watch
from groundswell.core.collector import calm
from groundswell.core.document import json_text
from groundswell.core.errors import GroundswellError, MachineryError, Refused, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="groundswell")
@click.option("-C", "folder", metavar="DIR", type=click.Path(path_type=Path), help="The desk to act on.")
@click.pass_context
def groundswell(context: click.Context, folder: Path | None) -> None:
    """Audience charts, claims with receipts, and a newsroom that refuses a number its data contradicts.

    A command acts on the desk in -C DIR, else in the nearest folder above with a desk.toml.
    """
    context.obj = folder


for command in (
    demo,
    new,
    load,
    watch,
    reduce,
    status,
    chart,
    uplift,
    check_command,
    build,
    serve,
    verify,
    rebuild,
    forget,
):
    groundswell.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing but that code and what is printed leaves it."""
    if arguments is None:  # a process of its own
        calm()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = groundswell.main(given, prog_name="groundswell", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except GroundswellError as error:
        return _tell(error, given)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f" Try '{context.command_path} --help'." if context else ""
        return _tell(UsageError(error.format_message() + hint), given)
    except (click.Abort, KeyboardInterrupt):
        click.echo("groundswell: stopped", err=True)
        return 130
    except (BrokenPipeError, SystemExit):  # whoever read it is gone; click and rich turn that into an exit of their own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _tell(MachineryError(_of_the_system(error)), given)
    except Exception:
        traceback.print_exc()
        click.echo("groundswell: this is a fault of the program; please report the lines above", err=True)
        return 3


def _of_the_system(error: OSError) -> str:
    """What the system refused, and what a desk needs where that is the right to its files."""
    said = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        said += "; a desk's files must be yours to read and its folder yours to write in: change that, or copy the desk"
    return said


def _tell(error: GroundswellError, given: list[str]) -> int:
    lines = error.reasons if isinstance(error, Refused) else [str(error)]
    for line in lines:
        click.echo(f"groundswell: {output.printable(' '.join(line.split()))}", err=True)
    if "--json" in given:
        click.echo(json_text({"error": {"kind": type(error).__name__, "lines": lines, "exit": error.exit_code}}))
    return error.exit_code
