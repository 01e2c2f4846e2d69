#!/usr/bin/python3
"""Runs a reference script as a test, from anywhere:

    run.py table SCRIPT LIBRARY...    is the table beside it what it writes today? To the bit, or as
                                      near as the libraries of two machines are: see `agree`
    run.py check SCRIPT LIBRARY...    its --check against other people's libraries

Exits with 77, which CTest reports as skipped, where one of LIBRARY..., which the script imports, is
not installed, or where it could check some things only; with 1 where something differs.
"""

import importlib.util
import os
import pathlib
import subprocess
import sys

SKIPPED = 77
LIBRARIES = ("mpmath", "numpy", "scipy", "torch", "schedulefree")

# Columns of numbers, with the column of the tolerance that a row grants the C++ for it: relative to
# the largest entry (1e-12 where a table has no such column), or absolute. All others are the row's
# name, to the letter.
RELATIVE = dict.fromkeys(("x", "trials", "loss", "loss_gradient", "hv", "gv"), "tolerance")
ABSOLUTE = {"value": "value_tolerance", "gradient": "gradient_tolerance"}


def near(ours, theirs, limit, relative):
    a, b = ([float.fromhex(v) for v in text.split()] for text in (ours, theirs))
    limit *= max(map(abs, a), default=0) if relative else 1
    return len(a) == len(b) and all(abs(p - q) <= limit for p, q in zip(a, b))


def agree(column, ours, theirs):
    """BLAS, LAPACK and NumPy's tanh and exp round last bits by the processor and the versions that
    they find. What a row grants the C++ for such bits bounds how far any installation is from exact
    arithmetic, so that two of them differ by at most twice that. Between a bare Debian and one with
    more packages up to 1.4 times was seen. Tolerances that are estimated from rounding errors may be
    twice as large."""
    a, b = ours[column], theirs[column]
    if column in RELATIVE:
        return near(a, b, 2 * float(ours.get(RELATIVE[column], 1e-12)), relative=True)
    if column in ABSOLUTE:
        return near(a, b, float(ours[ABSOLUTE[column]]) / 10, relative=False)
    return column not in ABSOLUTE.values() or 0.5 * float(a) <= float(b) <= 2 * float(a)


def rows_of(lines):
    """The rows by their names."""
    header = lines[0].split(",")
    numbers = {*RELATIVE, *ABSOLUTE, *ABSOLUTE.values()}
    rows = {}
    for line in lines[1:]:
        row = dict(zip(header, line.split(",")))
        rows[",".join(row[column] for column in header if column not in numbers)] = row
    if len(rows) != len(lines) - 1:
        raise ValueError("two rows have the same name")
    return rows


def compare(table, written):
    """Rows in which the two differ by more than last bits."""
    if written[:1] != table[:1]:
        return ["its columns"]
    wrong = []
    rows, found = rows_of(table), rows_of(written)
    for name in rows.keys() | found.keys():
        if name not in rows or name not in found:
            wrong.append(name + (": no longer written" if name in rows else ": not in the table"))
            continue
        other = [c for c in rows[name] if not agree(c, rows[name], found[name])]
        if other:
            wrong.append(f"{name}: another {', '.join(other)}")
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


def main(mode, path, *needed):
    script = pathlib.Path(path).resolve()
    there = [name for name in LIBRARIES if importlib.util.find_spec(name) is not None]
    print("installed:", ", ".join(there) or "none of " + ", ".join(LIBRARIES), flush=True)
    missing = [name for name in needed if name not in there]
    if missing:
        print("not compared:", " and ".join(missing), "not installed")
        return SKIPPED
    os.chdir(script.parent)
    if mode == "table":
        return run_table(script)
    return subprocess.run([sys.executable, "-B", script, "--check"]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
