"""A real Slurm on this one machine: Debian's munged, slurmctld and two slurmd on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from debian import install

PACKAGES = ("munge", "slurm-client", "slurmctld", "slurmd")
COMMANDS = ("munged", "slurmctld", "slurmd", "sbatch")
NODES = ("n1", "n2")
NODE_CPUS = 4
NODE_MEM_MB = 8000
# The daemons stand in /usr/sbin, which is not on every PATH.
ENVIRONMENT = os.environ | {"PATH": f"{os.environ['PATH']}{os.pathsep}/usr/sbin"}

CONFIGURATION = """\
ClusterName=casebook
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={root}/munge.socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation={root}/slurmctld
SlurmdSpoolDir={root}/slurmd-%n
SlurmctldPidFile={root}/slurmctld.pid
SlurmdPidFile={root}/slurmd-%n.pid
SlurmctldLogFile={root}/slurmctld.log
SlurmdLogFile={root}/slurmd-%n.log
MpiDefault=none
SwitchType=switch/none
# Where control groups are not to be had, processes are followed by their parents, and a job's
# memory is measured every second.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill,UsePss
AccountingStorageType=accounting_storage/none
PropagateResourceLimits=NONE
# The machine may be smaller than its two nodes say.
SlurmdParameters=config_overrides
# Tests look at what jobs of theirs became, long after these have ended.
MinJobAge=3600
# A lost node is noticed in seconds instead of five minutes; one that comes back is used again.
SlurmdTimeout=20
ReturnToService=2
KillWait=2
# Clients give up on an absent slurmctld soon.
MessageTimeout=5
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
NodeName=n[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{ports[1]}-{ports[2]}] CPUs={cpus} \
Boards=1 SocketsPerBoard=1 CoresPerSocket={cpus} ThreadsPerCore=1 RealMemory={memory}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def install_slurm() -> None:
    """Install Debian's packages where they are missing, without starting their services."""
    if all(shutil.which(command, path=ENVIRONMENT["PATH"]) for command in COMMANDS):
        return
    install(*PACKAGES)


def call(*command: str) -> str:
    """What a command printed; an error with all of it if the command failed."""
    done = subprocess.run(
        command,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def wait_until(what: str, holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; an error that names it after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.2)


def free_ports() -> tuple[int, int, int]:
    """A port of loopback for slurmctld, and two that follow each other for the nodes."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            first = server.getsockname()[1]
        try:
            for port in (first, first + 1, first + 2):
                socket.create_server(("127.0.0.1", port)).close()
        except (OSError, OverflowError):
            continue
        return first, first + 1, first + 2


@dataclass(frozen=True)
class Submission:
    """What a user sees of a job in squeue: its name, its state, and what it asked for."""

    number: str
    name: str
    state: str
    cores: int
    memory_mb: int


@dataclass(frozen=True)
class Cluster:
    """Daemons that keep everything they write, their pid files too, in one folder."""

    root: Path

    @property
    def configuration(self) -> Path:
        """The file that Slurm's commands find the cluster by."""
        return self.root / "slurm.conf"

    def start(self) -> None:
        """Start all daemons, and wait until both nodes take jobs."""
        self._configure()
        self._start_munged()
        self.start_controller()
        for node in NODES:
            self.start_node(node)

    def stop(self) -> None:
        """Stop what runs of the daemons and of the jobs."""
        if self._pid("slurmctld"):
            self.slurm("scancel", "--user=root")
            wait_until("jobs are gone", lambda: not self.slurm("squeue", "--noheader"))
        for node in NODES:
            self.stop_node(node)
        self._stop("slurmctld")
        self._stop("munged")

    def slurm(self, *command: str) -> str:
        """What one of Slurm's commands printed."""
        return call("env", f"SLURM_CONF={self.configuration}", *command)

    def start_controller(self) -> None:
        """Start slurmctld with the state that it left."""
        self.slurm("slurmctld")
        wait_until("slurmctld answers", self.answers)

    def answers(self) -> bool:
        """Whether slurmctld answers."""
        try:
            return " UP" in self.slurm("scontrol", "ping")
        except RuntimeError:
            return False

    def stop_controller(self) -> None:
        """Stop slurmctld, which saves its state: clients find nobody, and nodes go on."""
        self._stop("slurmctld")

    def start_node(self, node: str) -> None:
        """Start a node and wait until it takes jobs."""
        self.slurm("slurmd", "-N", node)
        wait_until(f"node {node} takes jobs", lambda: self.state_of_node(node) in ("idle", "mixed"))

    def stop_node(self, node: str) -> None:
        """Take a node away as a failure of its power does: the daemon and its jobs' processes."""
        self._stop(f"slurmd-{node}", signal.SIGKILL)
        for pid in self._processes_of_jobs(node):
            kill(pid, signal.SIGKILL)

    def state_of_node(self, node: str) -> str:
        """The state of a node, as sinfo names it."""
        return self.slurm("sinfo", "--noheader", f"--nodes={node}", "--format=%T").strip()

    def submissions(self, name: str = "") -> list[Submission]:
        """What was submitted with this in its name, ended or not, oldest first."""
        lines = self.slurm(
            "squeue", "--states=all", "--noheader", "--sort=i", "--format=%A|%j|%T|%C|%m"
        ).splitlines()
        found = []
        for line in lines:
            number, job, state, cores, memory = line.split("|")
            megabytes = int(memory[:-1]) * {"M": 1, "G": 1024}[memory[-1]]
            found.append(Submission(number, job, state, int(cores), megabytes))
        return [submission for submission in found if name in submission.name]

    def wait_until_run(self, name: str, count: int = 1) -> list[str]:
        """Wait until so many jobs with this in their name run; their numbers."""
        wait_until(f"{count} of {name} run", lambda: len(self.running(name)) == count)
        return self.running(name)

    def running(self, name: str) -> list[str]:
        """The numbers of the jobs with this in their name that run."""
        return [found.number for found in self.submissions(name) if found.state == "RUNNING"]

    def _configure(self) -> None:
        for folder in ("slurmctld", *(f"slurmd-{node}" for node in NODES)):
            (self.root / folder).mkdir()
        key = self.root / "munge.key"
        key.touch(0o600)
        key.write_bytes(os.urandom(128))
        text = CONFIGURATION.format(
            root=self.root,
            host=socket.gethostname().split(".")[0],
            ports=free_ports(),
            cpus=NODE_CPUS,
            memory=NODE_MEM_MB,
        )
        self.configuration.write_text(text, encoding="utf-8")

    def _start_munged(self) -> None:
        # Without --force munged refuses a socket below a folder that others can write to.
        call(
            "munged",
            "--force",
            f"--socket={self.root}/munge.socket",
            f"--key-file={self.root}/munge.key",
            f"--pid-file={self.root}/munged.pid",
            f"--log-file={self.root}/munged.log",
            f"--seed-file={self.root}/munge.seed",
        )

    def _pid(self, name: str) -> int | None:
        """The process of a daemon, if its pid file names one that is this daemon."""
        try:
            # A daemon that ends removes its file.
            pid = int((self.root / f"{name}.pid").read_text(encoding="ascii"))
            # The command line of a process that has ended and that nobody asked about is empty.
            command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")[0]
        except FileNotFoundError:
            return None
        return pid if Path(command).name == name.partition("-")[0] else None

    def _stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        pid = self._pid(name)
        if pid:
            kill(pid, how)
            wait_until(f"{name} has ended", lambda: not self._pid(name))

    def _processes_of_jobs(self, node: str) -> set[int]:
        """What runs of the jobs on a node: processes with its name, and their slurmstepd."""
        marks = {f"SLURM_CONF={self.configuration}", f"SLURMD_NODENAME={node}"}
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if marks <= set((process / "environ").read_text(errors="replace").split("\0")):
                    parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                    step = Path("/proc", parent, "comm").read_text().strip() == "slurmstepd"
                    found |= {int(process.name), int(parent)} if step else {int(process.name)}
            except OSError:
                continue  # ended in the meantime, or not ours to look at
        return found


def kill(pid: int, how: signal.Signals) -> None:
    """Send a signal to a process, which may have ended by itself."""
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return
