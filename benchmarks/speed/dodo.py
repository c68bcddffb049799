"""The steps of steps.json for doit, which finds this file beside it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def task_step() -> Iterator[dict[str, Any]]:
    """A task for each step."""
    for step in json.loads(Path("steps.json").read_text(encoding="utf-8")):
        yield {
            "name": step["name"],
            "actions": [f"mkdir -p {' '.join(step['folders'])}; {step['command']}"],
            "file_dep": step["inputs"],
            "targets": step["outputs"],
        }
