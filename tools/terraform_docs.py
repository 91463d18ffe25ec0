"""The tables in the modules' READMEs: inputs and outputs as their files declare them.

usage: python tools/terraform_docs.py [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_TERRAFORM: Final = Path(__file__).parents[1] / "infra/terraform"
_BEGIN: Final = "<!-- made by tools/terraform_docs.py -->"
_BLOCK: Final = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}$', re.MULTILINE | re.DOTALL)
_DESCRIPTION: Final = re.compile(r'^  description\s*= "((?:[^"\\]|\\.)*)"$', re.MULTILINE)
_TYPE: Final = re.compile(r"^  type\s*= (.*?)$(?=\n  \w|\n*\Z|\n\n)", re.MULTILINE | re.DOTALL)
_DEFAULT: Final = re.compile(r"^  default\s*= (.*)$", re.MULTILINE)


def folders() -> Iterator[Path]:
    """Every module, each with a README."""
    yield from sorted((_TERRAFORM / "modules").iterdir())


def tables(folder: Path) -> str:
    """The part of a README that is made."""
    lines = [_BEGIN, "", "## Inputs", "", "| name | type | default | description |", "|---|---|---|---|"]
    for _, name, body in _BLOCK.findall((folder / "variables.tf").read_text()):
        kind = _TYPE.search(body)
        default = _DEFAULT.search(body)
        shown = ", ".join(" ".join(line.split()) for line in kind[1].splitlines()) if kind else ""
        shown = shown.replace("({, ", "({ ").replace(", }", " }")
        lines.append(f"| `{name}` | `{shown}` | {f'`{default[1]}`' if default else 'required'} | {_described(body)} |")
    lines += ["", "## Outputs", "", "| name | description |", "|---|---|"]
    for _, name, body in _BLOCK.findall((folder / "outputs.tf").read_text()):
        lines.append(f"| `{name}` | {_described(body)} |")
    return "\n".join(lines) + "\n"


def _described(body: str) -> str:
    found = _DESCRIPTION.search(body)
    return found[1].replace('\\"', '"').replace("|", "\\|") if found else ""


def main() -> int:
    """Write the tables, or say which are out of date."""
    is_check = "--check" in sys.argv[1:]
    stale = []
    for folder in folders():
        path = folder / "README.md"
        text = path.read_text()
        wanted = text.partition(_BEGIN)[0] + tables(folder)
        if text != wanted:
            stale.append(path)
            if not is_check:
                path.write_text(wanted)
    if is_check and stale:
        sys.stderr.write("".join(f"{path}: run python tools/terraform_docs.py\n" for path in stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
