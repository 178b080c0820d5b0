"""Start a program that the kernel stops when its parent dies, also by SIGKILL.

Run as a file by the unprivileged system Python start-up (``-I -S``), so it imports nothing of ours::

    leash.py SIGNAL PARENT_PID UID GID PROGRAM [ARGUMENTS…]

The leash holds while the thread that started it lives: start children from the main thread.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
KEEP_USER = -1


def command(
    arguments: Sequence[str | Path], *, stop: signal.Signals, uid: int = KEEP_USER, gid: int = KEEP_USER
) -> list[str]:
    """Return the command that runs ``arguments`` on a leash of this process, as another user if one is given.

    :param stop: what the kernel sends to the program when this process is gone.
    """
    leash = [sys.executable, "-I", "-S", __file__, str(int(stop)), str(os.getpid()), str(uid), str(gid)]
    return leash + [str(argument) for argument in arguments]


def main() -> None:
    stop, parent, uid, gid = (int(argument) for argument in sys.argv[1:5])
    if uid != KEEP_USER:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # After the change of user, which would clear it.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, stop)
    if os.getppid() != parent:
        sys.exit("the parent is gone")
    os.execvp(sys.argv[5], sys.argv[5:])  # noqa: S606 - this file is a step between fork and exec


if __name__ == "__main__":
    main()
