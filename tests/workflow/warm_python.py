"""A stand-in for starting Python a thousand times: one process that has loaded what scripts import.

Each script runs in a fork of that process, which has loaded no module of casebook. All that the
stand-in leaves out is the loading of other people's packages, which takes most of a job's time.
"""

import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PACKAGES = (
    "docx",
    "jinja2",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "openpyxl",
    "pydantic",
    "ruamel.yaml",
    "scipy.stats",
)


@contextmanager
def warm_python(folder: Path) -> Iterator[Mapping[str, str]]:
    """Give the environment in which `python` is the stand-in, as long as the block lasts."""
    path = folder / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        process = subprocess.Popen(
            [sys.executable, __file__, str(server.fileno())], pass_fds=[server.fileno()]
        )
        search = [str(Path(__file__).with_name("warm")), str(Path(sys.executable).parent)]
        try:
            yield {
                "PATH": os.pathsep.join([*search, os.environ["PATH"]]),
                "WARM_PYTHON": str(path),
            }
        finally:
            process.terminate()
            process.wait()


def _serve(server: socket.socket) -> None:
    """Run what is asked for, each in a process of its own, until this one is ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = server.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            server.close()
            connection.sendall(bytes([_run(connection)]))
            os._exit(0)
        connection.close()


def _run(connection: socket.socket) -> int:
    """Run one script as `python` would; give its exit status."""
    size, outputs, _, _ = socket.recv_fds(connection, 4, 2)
    with connection.makefile("rb") as file:
        (script, *arguments), folder, environment = json.loads(
            file.read(int.from_bytes(size, "big"))
        )
    os.dup2(outputs[0], 1)
    os.dup2(outputs[1], 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [script, *arguments]
    sys.path[0] = str(Path(folder, script).parent)
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
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
    _serve(socket.socket(fileno=int(sys.argv[1])))
