"""Runs every benchmark, one after the other: `python -m benchmarks`."""

from __future__ import annotations

import subprocess
import sys

for name in (
    "turns",
    "commits",
    "demo_start",
    "export",
    "telegram_turns",
    "notices",
    "ticks",
    "scores",
    "years",
):
    print(f"\n== {name}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
