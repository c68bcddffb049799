"""Run all steps of a study in one process: what a workflow without a workflow system would cost.

The steps are the commands that Snakemake runs, in scripts/, with the same arguments; but Python
starts once, and each module is imported once. Run it where the paths of the commands start:

    python monolith.py steps.json

`speed/steps.py` writes such a file. Prints a line per step: its name, a comma, and the user and
system seconds that it took.
"""

import json
import os
import runpy
import shlex
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any


def main(file: Path) -> None:
    """Run the steps of a file, in its order."""
    sys.path.insert(0, str(Path("scripts").absolute()))
    for step in json.loads(file.read_text(encoding="utf-8")):
        start = time.process_time()
        _run(step)
        print(f"{step['name']},{time.process_time() - start:.3f}", flush=True)


def _run(step: dict[str, Any]) -> None:
    """Run one step as `python` would, with its output in its log."""
    words = shlex.split(step["command"])
    arguments = words[words.index("python") + 1 : words.index(">")]
    for folder in step["folders"]:
        Path(folder).mkdir(parents=True, exist_ok=True)
    log = Path(words[words.index(">") + 1])
    sys.argv = arguments
    with log.open("w", encoding="utf-8") as told, redirect_stdout(told), redirect_stderr(told):
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    os.environ["PYTHONNOUSERSITE"] = "1"
    main(Path(sys.argv[1]))
