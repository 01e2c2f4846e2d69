#!/usr/bin/python3
"""MINPACK's lmder (scipy.optimize.leastsq) on NIST's nonlinear regressions, as an independent
standard for nist_test.cpp:

    minpack.py FOLDER > minpack.csv      FOLDER has NIST's files, Misra1a.dat and so on

Columns: set, start, evaluations of the residuals, evaluations of the Jacobian, correct digits of the
worst parameter (at most 11), sum of squares. Models as NIST prints them; Jacobians by complex steps.
"""

import sys

import numpy as np
import scipy.optimize
from numpy import arctan, cos, exp, log, pi, sin


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


def main(folder):
    print("set,start,evaluations,jacobians,digits,residual_sum")
    for name, model in MODELS.items():
        parameters, y, x = read(f"{folder}/{name}.dat")
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
            print(name, start + 1, info["nfev"], info["njev"], f"{digits:.2f}", total, sep=",")


if __name__ == "__main__":
    np.seterr(all="ignore")
    main(sys.argv[1])
