"""Foreign files are parsed in a process of their own, which gets so much memory and
processor time and no more.

What a file costs cannot be told from its size, and for PDF not surely from its headers:
streams, tables and trees may grow a thousandfold while they are read. A worker that
takes too much is refused memory or ended by the system, and the file is refused; the
server goes on. Starting a worker takes about a tenth of a second.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

# above what the worker takes before it has read anything
MOST_MEMORY = 240 * 2**20
MOST_SECONDS = 4  # of the processor
# a worker neither computing nor ended hangs: the machine, not the file
_PATIENCE = 120
_WORKER = Path(__file__).with_name("confined_worker.py")


class TooHeavy(ValueError):
    """``why``: ``pixels``, ``pages``, ``unpacked``, or ``heavy`` where only the try
    told."""

    def __init__(self, why="heavy"):
        super().__init__(why)
        self.why = why


def run(task, content):
    """Have a task of the worker done on one file.

    :param str task: key of its ``TASKS``
    :param bytes content: the file
    :raise TooHeavy: where it takes more than it may
    :return: (plain values, bytes) as the task gives them
    """
    order = json.dumps(
        {
            "task": task,
            "path": sys.path,
            "memory": MOST_MEMORY,
            "seconds": MOST_SECONDS,
            "written": 2 * len(content) + MOST_MEMORY,
        }
    )
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                # isolated: neither the folder nor the environment brings code in
                [sys.executable, "-I", str(_WORKER), order],
                stdin=given,
                stdout=made,
                stderr=subprocess.PIPE,
                env={},
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooHeavy() from error
        if done.returncode < 0:
            raise TooHeavy()  # ended by the system
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        answer = json.loads(done.stderr)
        if answer.get("why"):
            raise TooHeavy(answer["why"])
        made.seek(0)
        return answer["values"], made.read()
