"""adaptive.py --check: against PyTorch, where it has the method."""

import common
from adaptive import CASES, METHODS
from first_order import decayed


def torch_maker(plugin, settings):
    """The torch optimizer that is the same method, or None. Of NAdam torch 1.13.1 counts a momentum
    twice, which later versions mended, but not where it works on all tensors at once (foreach)."""
    s = dict(settings)
    rate = s.pop("learning_rate")
    betas = (s.pop("beta1", 0.9), s.pop("beta2", 0.999))
    eps, decay = s.pop("epsilon", None), s.pop("weight_decay", None)
    adams = dict(lr=rate, betas=betas, eps=1e-8 if eps is None else eps)
    if plugin == "adam" and not s:
        return lambda torch, x: torch.optim.Adam(x, **adams, weight_decay=decay or 0)
    if plugin == "adamw" and not s:
        return lambda torch, x: torch.optim.AdamW(
            x, **adams, weight_decay=0.01 if decay is None else decay
        )
    if plugin == "amsgrad" and not s:
        return lambda torch, x: torch.optim.Adam(x, **adams, amsgrad=True)
    if plugin == "adamax" and not s and adams["eps"] > 0:
        return lambda torch, x: torch.optim.Adamax(x, **adams)
    if plugin == "radam" and not s:
        return lambda torch, x: torch.optim.RAdam(x, **adams)
    if plugin == "nadam" and set(s) <= {"momentum_decay"}:
        s = dict(momentum_decay=s.get("momentum_decay", 4e-3))
        return lambda torch, x: torch.optim.NAdam(x, **adams, **s, foreach=True)
    if plugin == "adagrad" and set(s) <= {"initial_accumulator"} and eps != 0:
        return lambda torch, x: torch.optim.Adagrad(
            x,
            lr=rate,
            eps=1e-10 if eps is None else eps,
            initial_accumulator_value=s.get("initial_accumulator", 0),
        )
    if plugin == "rmsprop" and set(s) <= {"beta", "centered", "momentum"}:
        return lambda torch, x: torch.optim.RMSprop(
            x,
            lr=rate,
            alpha=s.get("beta", 0.99),
            eps=1e-8 if eps is None else eps,
            centered=bool(s.get("centered", 0)),
            momentum=s.get("momentum", 0),
        )
    if plugin == "adadelta":
        return lambda torch, x: torch.optim.Adadelta(
            x, lr=rate, rho=s.get("rho", 0.9), eps=1e-6 if eps is None else eps
        )
    return None


def check():
    for plugin, problem, settings, *tolerance in CASES:
        make = torch_maker(plugin, settings)
        if make is None:
            continue
        expected = common.iterates(METHODS, plugin, problem, settings)
        start, f = common.PROBLEMS[problem]
        found = common.torch_iterates(make, problem, decayed=decayed(f, start))
        common.compare(f"{plugin} {problem} {settings}", expected, found)
