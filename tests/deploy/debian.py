"""Packages of this machine's Debian, installed where they are missing."""

import os
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

# Two processes that test may want packages at a time, and apt-get waits for nobody.
LOCK = Path(tempfile.gettempdir(), "casebook-apt.lock")
POLICY = Path("/usr/sbin/policy-rc.d")


def install(*packages: str) -> None:
    """Install packages without starting their services."""
    with FileLock(LOCK):
        ours = not POLICY.exists()
        if ours:
            POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
            POLICY.chmod(0o755)
        try:
            _apt_get("update", "-q")
            _apt_get("install", "-q", "-y", "--no-install-recommends", *packages)
        finally:
            if ours:
                POLICY.unlink()


def _apt_get(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=environment, stdin=subprocess.DEVNULL, check=True)
