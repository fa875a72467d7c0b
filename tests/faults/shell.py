"""A shell of one job: runs a command at its terminal, goes on with it when it is stopped, tells how it ended.

What it is told of the terminal and of the end stands in the file that is named first.
"""

import fcntl
import json
import os
import signal
import sys
import termios
from pathlib import Path
from typing import TypeAlias

KEYBOARD = 0
Modes: TypeAlias = "list[int | list[bytes | int]]"


def main(told: Path, command: list[str]) -> None:
    """Run the command in the foreground to its end, through every stop."""
    fcntl.ioctl(KEYBOARD, termios.TIOCSCTTY, 0)
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    before: Modes = termios.tcgetattr(KEYBOARD)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(KEYBOARD, os.getpid())
        for number in (signal.SIGTTOU, signal.SIGTSTP):
            signal.signal(number, signal.SIG_DFL)
        os.execv(command[0], command)  # noqa: S606 - our own program
    stops = 0
    while os.WIFSTOPPED(status := os.waitpid(job, os.WUNTRACED)[1]):
        stops += 1
        _go_on(job, before)
    code = os.waitstatus_to_exitcode(status)
    after = termios.tcgetattr(KEYBOARD)
    told.write_text(json.dumps({"code": code, "stops": stops, "restored": after == before}), encoding="utf-8")


def _go_on(job: int, shells: Modes) -> None:
    """Take the terminal as a shell does at its prompt, then give it back as it was."""
    jobs = termios.tcgetattr(KEYBOARD)
    os.tcsetpgrp(KEYBOARD, os.getpid())
    termios.tcsetattr(KEYBOARD, termios.TCSADRAIN, shells)
    termios.tcsetattr(KEYBOARD, termios.TCSADRAIN, jobs)
    os.tcsetpgrp(KEYBOARD, job)
    os.killpg(job, signal.SIGCONT)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
