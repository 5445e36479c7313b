"""The command line: finds the command's module, gives it its arguments, turns UserError into a message and exit code."""

from __future__ import annotations

import argparse
import importlib
import locale
import os
import sys
from collections.abc import Sequence

from thaikpi.errors import Exit, UserError

COMMANDS = {
    "extract": "files to records on standard output",
    "ingest": "folders of reports to a workspace of tables",
    "text": "the repaired text of any input",
    "ocr": "a scan to a searchable PDF",
    "forms": "list, check and try report forms",
    "normalize": "read dates and quantities in a text",
}


def language(chosen: str | None) -> str:
    """"th" or "en": as chosen, else from the locale of messages."""
    if chosen:
        return chosen
    name = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), None)
    return "th" if (name or locale.getlocale()[0] or "").startswith("th") else "en"


def parser_for(name: str | None) -> argparse.ArgumentParser:
    """Only the named command's module is imported: start-up stays quick."""
    parser = argparse.ArgumentParser(prog="thaikpi", description="Thai performance reports to records that can be trusted.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command, summary in COMMANDS.items():
        sub = commands.add_parser(command, help=summary, description=summary[0].upper() + summary[1:] + ".")
        sub.add_argument("--lang", choices=("th", "en"), help="language of messages (default: from the locale)")
        if command == name:
            module = importlib.import_module(f"thaikpi.commands.{command}")
            module.arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point. Standard output is UTF-8 whatever the locale; messages go to standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    name = next((w for w in words if not w.startswith("-")), None)
    options = parser_for(name).parse_args(words)
    options.lang = language(options.lang)
    try:
        return int(options.run(options))
    except UserError as error:
        print(error.message_th if options.lang == "th" else error.message_en, file=sys.stderr)
        return int(error.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.OK)


if __name__ == "__main__":
    sys.exit(main())
