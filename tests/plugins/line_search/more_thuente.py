#!/usr/bin/python3
"""Trials of MINPACK-2's dcsrch (Moré and Thuente's own code, as SciPy <= 1.11 has it) on the
functions and with the settings of section 5 of their paper: SCRIPT > more_thuente.csv.

Columns: function, c1, c2, first trial, every trial, as hexadecimal doubles.
"""

import math

import numpy as np
from scipy.optimize import _minpack2


def rational(a, beta=2.0):
    return -a / (a * a + beta), (a * a - beta) / (a * a + beta) ** 2


def quintic(a, beta=0.004):
    b = a + beta
    return b**5 - 2 * b**4, 5 * b**4 - 8 * b**3


def waves(a, beta=0.01, l=39):
    if a <= 1 - beta:
        f, slope = 1 - a, -1.0
    elif a >= 1 + beta:
        f, slope = a - 1, 1.0
    else:
        f, slope = (a - 1) ** 2 / (2 * beta) + beta / 2, (a - 1) / beta
    c = l * math.pi / 2
    return f + (1 - beta) / c * math.sin(c * a), slope + (1 - beta) * math.cos(c * a)


def yanai(beta1, beta2):
    def gamma(beta):
        return math.sqrt(1 + beta * beta) - beta

    def phi(a):
        p, q = math.hypot(1 - a, beta2), math.hypot(a, beta1)
        f = gamma(beta1) * p + gamma(beta2) * q
        return f, gamma(beta1) * (a - 1) / p + gamma(beta2) * a / q

    return phi


FUNCTIONS = [  # phi, c1, c2
    (rational, 0.001, 0.1),
    (quintic, 0.1, 0.1),
    (waves, 0.1, 0.1),
    (yanai(0.001, 0.001), 0.001, 0.001),
    (yanai(0.01, 0.001), 0.001, 0.001),
    (yanai(0.001, 0.01), 0.001, 0.001),
]


def trials(phi, c1, c2, first):
    isave, dsave = np.zeros(2, np.intc), np.zeros(13)
    step, task = first, b"START"
    f, slope = phi(0.0)
    found = []
    while True:
        step, f, slope, task = _minpack2.dcsrch(
            step, f, slope, c1, c2, 1e-16, task, 0.0, 1e20, isave, dsave
        )
        if task[:2] != b"FG":
            assert task[:11] == b"CONVERGENCE", task
            return found
        found.append(step)
        f, slope = phi(step)


print("function,c1,c2,first,trials")
for number, (phi, c1, c2) in enumerate(FUNCTIONS, 1):
    for first in (1e-3, 1e-1, 1e1, 1e3):
        path = trials(phi, c1, c2, first)
        print(number, c1, c2, first, " ".join(float(a).hex() for a in path), sep=",")
