#!/usr/bin/python3
"""Runs a reference script as a test, from anywhere:

    run.py table SCRIPT    is the table beside it what it writes today? To the bit, or as near as
                           the libraries of two machines are: see `near`
    run.py check SCRIPT    its --check against other people's libraries

Exits with 77, which CTest reports as skipped, where a library that it takes is not installed, as
soon as it has compared what it could; with 1 where something differs.
"""

import importlib.util
import os
import pathlib
import subprocess
import sys

SKIPPED = 77
LIBRARIES = ("numpy", "scipy", "torch", "schedulefree")


def near(ours, theirs, tolerance):
    """BLAS, LAPACK and NumPy's tanh and exp round last bits by the processor that they find. What
    a row grants the plugin for such bits, as they grow along the path, grants ten times as much as
    is granted here: 1e-13 relative for a usual row."""
    a, b = ([float.fromhex(v) for v in text.split()] for text in (ours, theirs))
    scale = max(abs(v) for v in a)
    return len(a) == len(b) and all(abs(p - q) <= tolerance / 10 * scale for p, q in zip(a, b))


def compare(table, written):
    """Lines in which the two differ by more than last bits."""
    header = table[0].split(",")
    if written[:1] != table[:1]:
        return ["its columns"]
    wrong = []
    rows, found = (dict(line.rsplit(",", 1) for line in t[1:]) for t in (table, written))
    for key in rows.keys() | found.keys():
        if key not in rows or key not in found:
            wrong.append(key + (": no longer written" if key in rows else ": not in the table"))
            continue
        cells = dict(zip(header, key.split(",")))
        if not near(rows[key], found[key], float(cells.get("tolerance", 1e-12))):
            wrong.append(key + ": another x")
    return sorted(wrong)


def run_table(script):
    done = subprocess.run([sys.executable, "-B", script], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr, end="")
        return done.returncode
    table = script.with_suffix(".csv").read_text()
    if table == done.stdout:
        print("the table is what the script writes, to the bit")
        return 0
    wrong = compare(table.splitlines(), done.stdout.splitlines())
    for line in wrong:
        print(line)
    print(f"{len(wrong)} rows are stale: run {script.name} > {script.stem}.csv" if wrong
          else "the table is what the script writes, but for last bits")
    return 1 if wrong else 0


def main(mode, path):
    script = pathlib.Path(path).resolve()
    there = [name for name in LIBRARIES if importlib.util.find_spec(name) is not None]
    print("installed:", ", ".join(there) or "none of " + ", ".join(LIBRARIES), flush=True)
    if "numpy" not in there:
        print("not compared: numpy is not installed")
        return SKIPPED
    os.chdir(script.parent)
    if mode == "table":
        return run_table(script)
    return subprocess.run([sys.executable, "-B", script, "--check"]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
