"""`python -m bench.kill.cradle`: has everything imported, and forks a server when told to.

Importing takes longer than most rounds. What is forked runs `village-open serve` from its first line on; the data
directory comes from the environment. It reads `start PORT` and answers the process id, or `reap` and answers `gone`
once that process is dead.
"""

import os
import sys

from village_open.cli import main


def serve(port: str) -> int:
    """Fork a server in a group of its own and return its process id."""
    child = os.fork()
    if not child:
        os.setsid()
        os.dup2(2, 1)
        main(["serve", "--port", port])
    return child


if __name__ == "__main__":
    child = 0
    for line in sys.stdin:
        match line.split():
            case ["start", port]:
                child = serve(port)
                print(child, flush=True)
            case ["reap"]:
                os.waitpid(child, 0)
                print("gone", flush=True)
