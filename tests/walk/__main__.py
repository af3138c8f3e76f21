"""``python -m tests.walk [--record] [--tmux]``: walk through one daily half hour at each size, and print how it was.

With ``--record`` the stories that the test compares are written anew; with ``--tmux`` it is walked in tmux.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.walk.half_hour import SIZES, half_hour, recorded
from tests.walk.terminals import Emulated, Tmux
from tests.walk.walking import differences


def main() -> int:
    """Walk, and say what is different; exit status 1 where something is, and is not recorded."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the stories anew")
    parser.add_argument("--tmux", action="store_true", help="walk in tmux")
    words = parser.parse_args()
    different = False
    for size in SIZES:
        begun = time.monotonic()
        walked = half_hour(Tmux if words.tmux else Emulated, size)
        print(f"{size[0]}x{size[1]} in {time.monotonic() - begun:.1f} s: {walked.counted}", flush=True)
        file = recorded(size)
        found = differences(file.read_text(encoding="utf-8") if file.exists() else "", walked.story)
        print("\n".join(found))
        different = different or bool(found)
        if words.record:
            file.write_text(walked.story, encoding="utf-8")
    return int(different and not words.record)


if __name__ == "__main__":
    sys.exit(main())
