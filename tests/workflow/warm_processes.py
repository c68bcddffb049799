"""A stand-in for starting Python a thousand times: one process that has loaded what is imported.

Each script of casebook, and Snakemake itself, runs in a fork of that process, which has loaded no
module of casebook. All that is left out is the loading of other people's packages, which takes
most of the time of a job, and of a run that makes little. Tests that kill a run or look for its
processes, or set what Python itself reads as it starts, take the real commands.
"""

import gc
import importlib
import json
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

COMMANDS = ("python", "snakemake")
PACKAGES = (
    "argparse_dataclass",
    "docx",
    "jinja2",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.style",
    "openpyxl",
    "pydantic",
    "ruamel.yaml",
    "scipy.special",
    "smart_open",
    "snakemake.cli",
    "snakemake.profiles",
    "snakemake.report.html_reporter",
    "snakemake.storage",
    "statistics",
)


@contextmanager
def warm_processes(folder: Path) -> Iterator[Path]:
    """Give a folder whose commands are the stand-ins, as long as the block lasts."""
    for name in COMMANDS:
        shutil.copy(Path(__file__).with_name("stand_in"), folder / name)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
        server.listen()
        process = subprocess.Popen(
            [sys.executable, __file__, str(server.fileno())], pass_fds=[server.fileno()]
        )
        try:
            yield folder
        finally:
            process.terminate()
            process.wait()


def _serve(server: socket.socket) -> None:
    """Run what is asked for, each in a process of its own, until this one is ended."""
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        connection, _ = server.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            server.close()
            connection.sendall(bytes([_run(connection)]))
            os._exit(0)
        connection.close()


def _reap(*_: object) -> None:
    """Take note of those that have ended: their time counts as that of the tests."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run(connection: socket.socket) -> int:
    """Run one command as it would be without the stand-in; give its exit status."""
    size, outputs, _, _ = socket.recv_fds(connection, 4, 2)
    with connection.makefile("rb") as file:
        (command, *arguments), folder, environment = json.loads(
            file.read(int.from_bytes(size, "big"))
        )
    if Path(command).name == "snakemake":
        arguments = [str(Path(sys.executable).with_name("snakemake")), *arguments]
    os.dup2(outputs[0], 1)
    os.dup2(outputs[1], 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    sys.path[0] = str(Path(folder, arguments[0]).parent)
    try:
        runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)  # noqa: T201
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    for name in PACKAGES:
        importlib.import_module(name)
    # What is loaded is in use for good: a fork does not look through it.
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
