#!/usr/bin/env python3
"""What a worker process costs a trial: the same suite isolated and in process, in turn.

Usage: isolation.py RAVINE [PAIRS]

Prints, for trials of three kinds, the milliseconds a trial that isolation adds (whole runs, one job:
start of the program, plan and database are in both sides and cancel), as median, lowest and highest
over the pairs, beside the wall-clock of the worker itself and its memory.
"""
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HEAD = '[suite]\nname = "isolation"\nseeds = %d\n[budget]\niterations = %d\n[targets]\nrelative = [1e-9]\n'
ADAM = '[[optimizer]]\nid = "adam"\n'
SUITES = {
    "quadratic, n = 100": (HEAD % (200, 20) + '[[problem]]\nfamily = "quadratic"\n' + ADAM, 200),
    "quadratic, n = 1e6": (HEAD % (40, 2) + '[[problem]]\nfamily = "quadratic"\nset = { n = 1e6 }\n' + ADAM, 40),
    "perceptron on Fashion-MNIST": (
        HEAD % (50, 20)
        + '[[problem]]\nfamily = "mlp"\nset = { hidden = 16, test = 100 }\nbatch = 64\n'
        + 'judge = { every = 1000, first = 0 }\ntargets = { test_accuracy = [0.99] }\n'
        + ADAM,
        50,
    ),
}


def run(program, folder, suite, *options):
    database = os.path.join(folder, "x.db")
    if os.path.exists(database):
        os.remove(database)
    command = [program, "run", suite, "--db", database, "--no-tables", "-q", "-j1", *options]
    began = time.monotonic()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env={**os.environ, "RAVINE_PLUGIN_PATH": ""})
    return time.monotonic() - began, database


def main():
    program = os.path.abspath(sys.argv[1])
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    for name, (text, trials) in SUITES.items():
        with tempfile.TemporaryDirectory() as folder:
            suite = os.path.join(folder, "suite.toml")
            with open(suite, "w", encoding="utf-8") as file:
                file.write(text)
            extra = []
            for _ in range(pairs):
                in_process, _ = run(program, folder, suite, "--in-process")
                isolated, database = run(program, folder, suite)
                extra.append(1e3 * (isolated - in_process) / trials)
            with sqlite3.connect(database) as rows:
                wall, memory = rows.execute(
                    "select avg(wall_seconds), max(peak_memory_bytes) from measurement"
                ).fetchone()
            print(
                f"{name}: isolation adds {statistics.median(extra):.2f} ms a trial "
                f"[{min(extra):.2f} to {max(extra):.2f}, {pairs} pairs of {trials} trials]; "
                f"a worker takes {1e3 * wall:.2f} ms, {memory / 2**20:.0f} MiB resident"
            )


if __name__ == "__main__":
    main()
