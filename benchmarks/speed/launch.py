"""Run a command, and write down what it and all that it waited for used.

    python launch.py FILE COMMAND…

The file gets processor seconds and the memory of the largest process, in the unit of the system. It
is a program of its own because Linux counts towards the memory of a new process what the one had
held that started it: this one is small.
"""

import resource
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    status = subprocess.call(sys.argv[2:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(sys.argv[1]).write_text(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
    sys.exit(status)
