"""The real server as a process of its own, and its end by kill -9."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.kill.town import SECRET

START_SECONDS = 120


class ServerDidNotStart(RuntimeError):
    """The server did not answer in time; its last words are in the message."""


class Server:
    """`village-open serve` on a data directory, each time a new process."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        environment = {**os.environ, "VILLAGE_OPEN_HOME": str(home), "VILLAGE_OPEN_SECRET_KEY": SECRET}
        with (home / "server.log").open("ab") as log:
            self._cradle = subprocess.Popen(
                [sys.executable, "-m", "bench.kill.cradle"],
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        self._process = 0

    def start(self) -> None:
        """Start a process; it answers a while later."""
        self._process = int(self._tell(f"start {self.port}"))

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            ServerDidNotStart: it ended instead, or took too long.
        """
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise ServerDidNotStart((self.home / "server.log").read_text(encoding="utf-8")[-2000:])

    def kill(self) -> None:
        """End it and every child of it at once, as a power cut would."""
        if self._process:
            os.killpg(self._process, signal.SIGKILL)
            self._tell("reap")
            self._process = 0

    def close(self) -> None:
        """End everything."""
        self.kill()
        self._cradle.communicate()

    def _tell(self, order: str) -> str:
        assert self._cradle.stdin is not None
        assert self._cradle.stdout is not None
        self._cradle.stdin.write(f"{order}\n")
        self._cradle.stdin.flush()
        return self._cradle.stdout.readline().strip()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
