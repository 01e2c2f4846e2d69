#!/usr/bin/python3
"""MINPACK's lmder (scipy.optimize.leastsq) on NIST's nonlinear regressions, as an independent
standard for nist_test.cpp:

    minpack.py > minpack.csv
    minpack.py --check               is the table what MINPACK does today? Exits with 77 without data

NIST's files, Misra1a.dat and so on, are in the folder that RAVINE_NIST_DATA names.
Columns: set, start, evaluations of the residuals, evaluations of the Jacobian, correct digits of the
worst parameter (at most 11), sum of squares. Models as NIST prints them; Jacobians by complex steps.
"""

import csv
import os
import pathlib
import sys

import numpy as np
import scipy.optimize
from numpy import arctan, cos, exp, log, pi, sin


FOLDER = pathlib.Path(os.environ.get("RAVINE_NIST_DATA", ""))
SKIPPED = 77  # as CTest knows it


def saturation(b, x):
    return b[0] * (1 - exp(-b[1] * x))


def chwirut(b, x):
    return exp(-b[0] * x) / (b[1] + b[2] * x)


def lanczos(b, x):
    return b[0] * exp(-b[1] * x) + b[2] * exp(-b[3] * x) + b[4] * exp(-b[5] * x)


def gauss(b, x):
    peaks = b[2] * exp(-((x - b[3]) ** 2) / b[4] ** 2) + b[5] * exp(-((x - b[6]) ** 2) / b[7] ** 2)
    return b[0] * exp(-b[1] * x) + peaks


def cubic(b, x):
    over = b[0] + b[1] * x + b[2] * x**2 + b[3] * x**3
    return over / (1 + b[4] * x + b[5] * x**2 + b[6] * x**3)


def enso(b, x):
    wave = lambda period, a, c: a * cos(2 * pi * x / period) + c * sin(2 * pi * x / period)
    return b[0] + wave(12, b[1], b[2]) + wave(b[3], b[4], b[5]) + wave(b[6], b[7], b[8])


MODELS = {
    "Misra1a": saturation,
    "Chwirut2": chwirut,
    "Chwirut1": chwirut,
    "Lanczos3": lanczos,
    "Gauss1": gauss,
    "Gauss2": gauss,
    "DanWood": lambda b, x: b[0] * x ** b[1],
    "Misra1b": lambda b, x: b[0] * (1 - (1 + b[1] * x / 2) ** -2),
    "Kirby2": lambda b, x: (b[0] + b[1] * x + b[2] * x**2) / (1 + b[3] * x + b[4] * x**2),
    "Hahn1": cubic,
    "Nelson": lambda b, x: b[0] - b[1] * x[0] * exp(-b[2] * x[1]),
    "MGH17": lambda b, x: b[0] + b[1] * exp(-x * b[3]) + b[2] * exp(-x * b[4]),
    "Lanczos1": lanczos,
    "Lanczos2": lanczos,
    "Gauss3": gauss,
    "Misra1c": lambda b, x: b[0] * (1 - (1 + 2 * b[1] * x) ** -0.5),
    "Misra1d": lambda b, x: b[0] * b[1] * x / (1 + b[1] * x),
    "Roszman1": lambda b, x: b[0] - b[1] * x - arctan(b[2] / (x - b[3])) / pi,
    "ENSO": enso,
    "MGH09": lambda b, x: b[0] * (x**2 + x * b[1]) / (x**2 + x * b[2] + b[3]),
    "Thurber": cubic,
    "BoxBOD": saturation,
    "Rat42": lambda b, x: b[0] / (1 + exp(b[1] - b[2] * x)),
    "MGH10": lambda b, x: b[0] * exp(b[1] / (x + b[2])),
    "Eckerle4": lambda b, x: b[0] / b[1] * exp(-0.5 * ((x - b[2]) / b[1]) ** 2),
    "Rat43": lambda b, x: b[0] / (1 + exp(b[1] - b[2] * x)) ** (1 / b[3]),
    "Bennett5": lambda b, x: b[0] * (b[1] + x) ** (-1 / b[2]),
}


def read(path):
    """Both starts and the certified values in columns, y, x."""
    lines = open(path).read().splitlines()
    parameters = [line.split("=")[1].split()[:3] for line in lines[40:] if " =" in line[:6]]
    data = np.array([line.split() for line in lines[60:] if line.strip()], dtype=float)
    x = data[:, 1] if data.shape[1] == 2 else data[:, 1:].T
    return np.array(parameters, dtype=float), data[:, 0], x


def solve():
    """The table's rows."""
    for name, model in MODELS.items():
        parameters, y, x = read(FOLDER / f"{name}.dat")
        y = log(y) if name == "Nelson" else y
        certified = parameters[:, 2]

        def jacobian(b):
            steps = b + 1e-30j * np.eye(len(b))
            return np.array([np.imag(model(step, x)) / 1e-30 for step in steps]).T

        for start in range(2):
            b, _, info, *_ = scipy.optimize.leastsq(
                lambda b: model(b, x) - y,
                parameters[:, start],
                Dfun=jacobian,
                full_output=True,
                ftol=1e-15,
                xtol=1e-15,
                gtol=1e-15,
                maxfev=10000,
                factor=10,
            )
            error = np.max(np.abs(b - certified) / np.abs(certified))
            digits = min(-np.log10(max(error, 1e-99)), 11.0)
            total = float(np.sum((model(b, x) - y) ** 2))
            yield name, start + 1, info["nfev"], info["njev"], f"{digits:.2f}", total


def check():
    """With its own rounding: at the end, which is at rounding, some steps more or less; the way there
    is the same, the minimum to the digits that NIST certifies, and its sum of squares."""
    with open(pathlib.Path(__file__).with_suffix(".csv")) as file:
        table = list(csv.DictReader(file))
    wrong = 0
    for row, found in zip(table, solve(), strict=True):
        same = (row["set"], int(row["start"])) == found[:2]
        counts = zip((row["evaluations"], row["jacobians"]), found[2:4])
        near = all(abs(int(a) - b) <= 10 + 0.1 * b for a, b in counts)
        digits = min(float(row["digits"]), float(found[4])) >= 6
        # Lanczos's are made-up data without noise: their sums are 1e-25 and less, and all rounding.
        total = abs(float(row["residual_sum"]) - found[5]) <= 1e-8 * found[5] + 1e-20
        if not (same and near and digits and total):
            print("table:", *row.values(), "MINPACK:", *found)
            wrong += 1
    print(f"{len(table)} runs, of which {wrong} are others than in the table")
    return 1 if wrong else 0


def main():
    if not (FOLDER / "Misra1a.dat").exists():
        print(f"not compared: RAVINE_NIST_DATA = {str(FOLDER)!r} has no Misra1a.dat")
        return SKIPPED
    if "--check" in sys.argv[1:]:
        return check()
    print("set,start,evaluations,jacobians,digits,residual_sum")
    for row in solve():
        print(*row, sep=",")
    return 0


if __name__ == "__main__":
    np.seterr(all="ignore")
    sys.exit(main())
