"""Engineering problems: a minimal surface, a controller's gains, a mesh through measurements."""

import math

from common import Table
from mpmath import exp, mp, mpf, sqrt

table = Table()


# ---- minimal_surface: the area of the triangles over a grid, the boundary from Enneper's surface ----


def enneper(x, y):
    """u^2 - v^2 where the surface stands over (x, y)."""

    def over(u, v):
        return u + u * v**2 - u**3 / 3 - x, -v - u**2 * v + v**3 / 3 - y

    u, v = mp.findroot(over, (mpf(x), -mpf(y)))
    return u**2 - v**2


def triangle(p, q, r):
    """Area from three corners in space."""
    a = [s - t for s, t in zip(q, p)]
    b = [s - t for s, t in zip(r, p)]
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return sqrt(sum(c * c for c in cross)) / 2


def minimal_surface(g):
    h = mpf(1) / (g + 1)
    grid = range(g + 2)
    rim = {
        (i, j): enneper(i * h - mpf(1) / 2, j * h - mpf(1) / 2)
        for i in grid
        for j in grid
        if i in (0, g + 1) or j in (0, g + 1)
    }

    def f(x):
        def corner(i, j):
            return i * h, j * h, rim[i, j] if (i, j) in rim else x[(i - 1) + g * (j - 1)]

        area = 0
        for i in range(g + 1):
            for j in range(g + 1):
                area += triangle(corner(i, j), corner(i + 1, j), corner(i, j + 1))
                area += triangle(corner(i + 1, j + 1), corner(i, j + 1), corner(i + 1, j))
        return area

    def blend(i, j):
        """In doubles, of the rim's roundings: the start is given to the bit."""
        a, b = j / (g + 1), i / (g + 1)
        top, bottom, right, left = map(float, (rim[i, g + 1], rim[i, 0], rim[g + 1, j], rim[0, j]))
        return (a * top + (1 - a) * bottom + b * right + (1 - b) * left) / 2

    return f, [blend(i, j) for j in range(1, g + 1) for i in range(1, g + 1)]


for g in (3, 4):
    surface, start = minimal_surface(g)
    table.start("minimal_surface", surface, start, f"side={g}")


# ---- controller_tuning: y'' + 2 zeta y' + y = u with u = P (1 - y) + I z - D y', z' = 1 - y ---------


def controller_tuning(x, zeta=mpf("0.2"), rho=mpf("0.1"), N=400, h=mpf("0.05")):
    """The loop is linear: y, y', z and 1 go through the Taylor polynomial of degree 4 of exp(h M),
    which is what the classical Runge-Kutta method makes of it."""
    P, I, D = x
    rows = [[0, 1, 0, 0], [-P - 1, -D - 2 * zeta, I, P], [-1, 0, 0, 1], [0, 0, 0, 0]]
    M = h * mp.matrix(rows)
    M2 = M * M
    E = mp.eye(4) + M + M2 / 2 + M2 * M / 6 + M2 * M2 / 24
    s, total = mp.matrix([0, 0, 0, 1]), 0
    for _ in range(N):
        y, slope, z = s[0], s[1], s[2]
        u = P * (1 - y) + I * z - D * slope
        total += (1 - y) ** 2 + rho * (u - 1) ** 2
        s = E * s
    return h * total


table.start("controller_tuning", controller_tuning, [1, 0.2, 0.5])
table.minimum("controller_tuning", controller_tuning, [3.05987, 1.44757, 2.05856])


# ---- mesh_fitting -----------------------------------------------------------------------------------


def franke(u, v):
    a, b = 9 * u, 9 * v
    return (
        mpf(3) / 4 * exp(-((a - 2) ** 2 + (b - 2) ** 2) / 4)
        + mpf(3) / 4 * exp(-((a + 1) ** 2) / 49 - (b + 1) / 10)
        + mpf(1) / 2 * exp(-((a - 7) ** 2 + (b - 3) ** 2) / 4)
        - mpf(1) / 5 * exp(-((a - 4) ** 2) - (b - 7) ** 2)
    )


def measurements(count, outlier_every):
    """Uniform numbers are fractional parts of multiples of square roots, in doubles."""
    for k in range(count):
        u, v, noise = ((k + 1) * math.sqrt(s) % 1.0 for s in (2, 3, 7))
        outlier = mpf(1) / 2 if outlier_every and k % outlier_every == 0 else 0
        yield mpf(u), mpf(v), franke(mpf(u), mpf(v)) + (mpf(noise) - mpf(1) / 2) / 10 + outlier


def mesh_fitting(g, count, outlier_every, smoothness, robust):
    data = list(measurements(count, outlier_every))

    def loss(r):
        d = mpf(1) / 20
        return 2 * d * d * (sqrt(1 + (r / d) ** 2) - 1) if robust else r * r

    def f(x):
        def at(i, j):
            return x[i + g * j]

        total = 0
        for u, v, z in data:
            i, j = min(int(u * (g - 1)), g - 2), min(int(v * (g - 1)), g - 2)
            a, b = u * (g - 1) - i, v * (g - 1) - j
            plane = at(i, j) + a * (at(i + 1, j) - at(i, j)) + b * (at(i, j + 1) - at(i, j))
            if a + b > 1:
                far = at(i + 1, j + 1)
                plane = far + (1 - a) * (at(i, j + 1) - far) + (1 - b) * (at(i + 1, j) - far)
            total += loss(plane - z)
        bend = 0
        for i in range(g):
            for j in range(g):
                if 0 < i < g - 1:
                    bend += (at(i - 1, j) - 2 * at(i, j) + at(i + 1, j)) ** 2
                if 0 < j < g - 1:
                    bend += (at(i, j - 1) - 2 * at(i, j) + at(i, j + 1)) ** 2
                if i < g - 1 and j < g - 1:
                    twist = at(i, j) - at(i + 1, j) - at(i, j + 1) + at(i + 1, j + 1)
                    bend += 2 * twist**2
        return total + smoothness * bend

    return f


for loss in ("squared", "robust"):
    f = mesh_fitting(4, 30, 7, mpf("0.1"), loss == "robust")
    text = f"side=4 measurements=30 outlier_every=7 smoothness=0.1 loss={loss}"
    table.start("mesh_fitting", f, [0] * 16, text, generic=1)
