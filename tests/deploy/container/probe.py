"""Run before the command of a job, by the same Python: add what it sees to a log."""

import json
import os
import re
import socket
import sys
from pathlib import Path

PLACES = ("Snakefile", "rules", "scripts", "resources", "results", ".snakemake", "/")

shell = Path(f"/proc/{os.getppid()}/cmdline").read_text(encoding="utf-8")
status = Path("/proc/self/status").read_text(encoding="utf-8")
seen = {
    "rule": re.findall(r"python scripts/(\w+)\.py", shell)[-1],
    "python": sys.prefix,
    "image": os.environ.get("APPTAINER_CONTAINER", ""),
    "user": os.getuid(),
    "capabilities": re.findall(r"CapEff:\s*0*(\w*)", status)[0],
    "networks": [name for _, name in socket.if_nameindex()],
    "variables": sorted(os.environ),
    "writable": [
        name for name in ("resources", "scripts", "results", "/") if os.access(name, os.W_OK)
    ],
    "threads": os.environ.get("OMP_NUM_THREADS"),
}
log = Path("results/logs/probes.jsonl")
log.parent.mkdir(exist_ok=True)
with log.open("a", encoding="utf-8") as file:
    file.write(json.dumps(seen) + "\n")
