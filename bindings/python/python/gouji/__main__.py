"""The command ``gouji``: ``python -m gouji``, and what pip installs."""

from __future__ import annotations

import sys

from . import _gouji


def main() -> int:
    """Runs the command with the arguments of the process; its exit status. The signals that end a run are the command's from now on, as
    in the program without Python."""
    import signal

    # What was ignored where the process was started stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _gouji.run(["gouji", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
