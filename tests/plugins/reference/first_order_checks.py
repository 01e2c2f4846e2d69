"""first_order.py --check: against PyTorch, where it has the method."""

import common
from first_order import CASES, METHODS, decayed


def torch_maker(plugin, settings):
    """The torch optimizer that is the same method, or None."""
    form, beta = settings.get("form", 0), settings.get("beta", 0)
    decay = settings.get("weight_decay", 0)
    if plugin == "rprop":
        return lambda torch, x: torch.optim.Rprop(
            x,
            lr=settings["initial_step"],
            etas=(settings.get("eta_minus", 0.5), settings.get("eta_plus", 1.2)),
            step_sizes=(1e-6, settings.get("delta_max", 50)),
        )
    # With one rate throughout it does not matter whether it stands inside of v (form 1).
    constant = not (settings.get("restart", 0) or settings.get("ramp", 0))
    sgd = plugin == "gradient_descent" or ((plugin, form) == ("nesterov", 1) and constant)
    if sgd or (plugin == "heavy_ball" and form in (0, 1, 4)):
        return lambda torch, x: torch.optim.SGD(
            x,
            lr=settings["learning_rate"],
            momentum=beta,
            dampening=beta if plugin == "heavy_ball" and form == 4 else 0,
            nesterov=plugin == "nesterov",
            weight_decay=decay,
        )
    return None


def check():
    for plugin, problem, settings in (case[:3] for case in CASES):
        make = torch_maker(plugin, settings)
        if make is None:
            continue
        expected = common.iterates(METHODS, plugin, problem, settings)
        start, f = common.PROBLEMS[problem]
        found = common.torch_iterates(make, problem, decayed=decayed(f, start))
        common.compare(f"{plugin} {problem} {settings}", expected, found)
        if plugin != "gradient_descent" or problem == "net":
            continue
        # ASGD without its decay of the rate (alpha) is gradient descent, and its lambda a weight
        # decay that knows no exempt coordinates; its average begins after t0 steps.
        make = lambda torch, x: torch.optim.ASGD(
            x, lr=settings["learning_rate"], lambd=settings["weight_decay"], alpha=0
        )
        found = common.torch_iterates(make, problem)
        common.compare(f"ASGD, {plugin} {problem} {settings}", expected, found)
