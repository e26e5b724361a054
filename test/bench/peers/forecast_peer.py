"""The same forecasters from other hands: same windows, split, first weights and order of batches.

Usage: forecast_peer.py FOLDER (files as forecast.bench.ts writes them) -> JSON {name: {rmse: [step ahead], fitS, predictS}}
torch: LSTM or BiLSTM on the same standardised values, the epoch of the lowest validation loss kept; no dropout on either side.
xgboost: hist, one booster a step ahead. statsmodels: ARIMA of the same order, one fit a node on the same values, rolled over
every test path with fixed parameters.
"""
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
ask = json.loads((folder / "ask.json").read_text())
W, F, H = ask["steps"], ask["features"], ask["ahead"]


def read(name, shape, kind=np.float32):
    return np.fromfile(folder / name, kind).reshape(shape)


def part(name):
    rows = ask["rows"][name]
    return read(f"{name}.x", (rows, W, F)), read(f"{name}.y", (rows, H))


def errors(forecast, y):
    return np.sqrt(((forecast.astype(np.float64) - y) ** 2).mean(axis=0)).tolist()


def result(forecast, y, began, fitted):
    return {"rmse": errors(forecast, y), "fitS": fitted - began, "predictS": time.perf_counter() - fitted}


train, validation, test = part("train"), part("validation"), part("test")


def beside_last(x):
    """Every sample's difference from the window's last one, before the sample itself."""
    return np.concatenate([x - x[:, -1:, :], x], axis=2)


last = {name: x[:, -1:, ask["target"]] for name, (x, _) in (("train", train), ("validation", validation), ("test", test))}


def boosted():
    import xgboost

    trees = ask["trees"]
    settings = {
        "tree_method": "hist",
        "objective": "reg:squarederror",
        "max_depth": trees["depth"],
        "eta": trees["rate"],
        "subsample": trees["subsample"],
        "lambda": 1,
        "min_child_weight": 1,
        "nthread": 1,
        "seed": ask["seed"],
    }
    began = time.perf_counter()
    x, y = beside_last(train[0]).reshape(len(train[0]), -1), train[1] - last["train"]
    models = []
    for h in range(H):
        base = float(y[:, h].mean())
        data = xgboost.DMatrix(x, y[:, h])
        models.append(xgboost.train({**settings, "base_score": base}, data, trees["rounds"]))
    fitted = time.perf_counter()
    data = xgboost.DMatrix(beside_last(test[0]).reshape(len(test[0]), -1))
    out = np.stack([model.predict(data) for model in models], axis=1) + last["test"]
    return result(out, test[1], began, fitted)


def arima():
    from statsmodels.tsa.arima.model import ARIMA

    p, d, q = ask["order"]["p"], ask["order"]["d"], ask["order"]["q"]
    began = time.perf_counter()
    fits = [
        ARIMA(np.fromfile(folder / f"node{n}", np.float64), order=(p, 0, q), trend="c" if d == 0 else "n").fit()
        for n in range(ask["nodes"])
    ]
    fitted = time.perf_counter()
    out = np.empty_like(test[1])
    path, node, at = (read(f"test.{name}", (-1,), np.uint32) for name in ("path", "node", "at"))
    # fixed parameters: one pass of the filter over each path gives every forecast from its filtered states
    for p_, n_ in sorted(set(zip(path.tolist(), node.tolist()))):
        series = np.fromfile(folder / f"path{p_}.{n_}", np.float64)
        levels = np.diff(series, d) if d else series
        filtered = fits[n_].apply(levels)
        ssm = filtered.filter_results
        transition, design = ssm.transition[:, :, 0], ssm.design[:, :, 0]
        mean = fits[n_].params[0] if d == 0 else 0.0
        for row in np.flatnonzero((path == p_) & (node == n_)):
            k = at[row] - d
            # predicted_state[:, k + 1] is the state of the next instant, known what is known at k
            state = ssm.predicted_state[:, k + 1]
            ahead = []
            for _ in range(H):
                ahead.append(float((design @ state).item() + mean))
                state = transition @ state
            for _ in range(d):
                ahead = (series[at[row]] + np.cumsum(ahead)).tolist()
            out[row] = ahead
    assert d <= 1
    return result(out, test[1], began, fitted)


def network():
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers, places = ask["network"]["layers"], {p["name"]: p for p in ask["parameters"]}
    weights = np.fromfile(folder / "weights", np.float32)

    def weight(name):
        p = places[name]
        return weights[p["from"] : p["from"] + p["size"]].reshape(p["dims"])

    def gates(values):
        """Rows input, forget, output, candidate -> input, forget, candidate, output."""
        i, f, o, g = np.split(values, 4)
        return torch.from_numpy(np.concatenate([i, f, g, o]))

    stack = [layer for layer in layers if layer["kind"] == "lstm"]
    both, units = stack[0]["bidirectional"], stack[0]["units"]
    lstm = nn.LSTM(2 * F, units, num_layers=len(stack), bidirectional=both, batch_first=True)
    # one bias a gate as in ours: the second one of nn.LSTM stays 0 and is not trained
    for index in range(len(stack)):
        for side, suffix in (("forward", ""), ("backward", "_reverse"))[: 2 if both else 1]:
            for name, theirs in (("input", "weight_ih"), ("recurrent", "weight_hh"), ("bias", "bias_ih")):
                getattr(lstm, f"{theirs}_l{index}{suffix}").data = gates(weight(f"layer{index}.{side}.{name}"))
            idle = getattr(lstm, f"bias_hh_l{index}{suffix}")
            idle.data.zero_()
            idle.requires_grad_(False)
    tail = []
    for index, layer in enumerate(layers):
        if layer["kind"] != "dense":
            continue
        w = weight(f"layer{index}.weight")
        linear = nn.Linear(w.shape[1], w.shape[0])
        linear.weight.data = torch.from_numpy(w.copy())
        linear.bias.data = torch.from_numpy(weight(f"layer{index}.bias").copy())
        tail += [linear] + ([nn.ReLU()] if layer["activation"] == "relu" else [])
    tail = nn.Sequential(*tail)

    def model(x):
        _, (h, _) = lstm(x)
        return tail(torch.cat(tuple(h[-(2 if both else 1) :]), dim=1))

    began = time.perf_counter()
    samples = beside_last(train[0]).reshape(-1, 2 * F)
    mean, deviation = samples.mean(0), samples.std(0)
    change = train[1] - last["train"]
    y_mean, y_deviation = change.mean(), change.std()

    def inputs(x):
        return torch.from_numpy(((beside_last(x) - mean) / deviation).astype(np.float32))

    def targets(y, base):
        return torch.from_numpy(((y - base - y_mean) / y_deviation).astype(np.float32))

    x, y = inputs(train[0]), targets(train[1], last["train"])
    vx, vy = inputs(validation[0]), targets(validation[1], last["validation"])
    parameters = [p for p in [*lstm.parameters(), *tail.parameters()] if p.requires_grad]
    adam = ask["adam"]
    optimiser = torch.optim.Adam(parameters, adam["rate"], betas=(adam["beta1"], adam["beta2"]), eps=adam["epsilon"])
    orders = torch.from_numpy(read("order", (ask["epochs"], -1), np.uint32).astype(np.int64))
    best, kept = np.inf, None
    for epoch, order in enumerate(orders):
        for group in optimiser.param_groups:
            group["lr"] = adam["rate"] * (1 + np.cos(np.pi * epoch / ask["epochs"])) / 2
        for rows in torch.split(order, ask["batch"]):
            optimiser.zero_grad(set_to_none=True)
            ((model(x[rows]) - y[rows]) ** 2).mean().backward()
            nn.utils.clip_grad_norm_(parameters, ask["clipNorm"])
            optimiser.step()
        with torch.no_grad():
            loss = float(((model(vx) - vy) ** 2).mean())
        if loss < best:
            best, kept = loss, [p.detach().clone() for p in parameters]
    fitted = time.perf_counter()
    with torch.no_grad():
        for p, values in zip(parameters, kept):
            p.copy_(values)
        out = model(inputs(test[0])).numpy() * y_deviation + y_mean + last["test"]
    return result(out, test[1], began, fitted)


print(json.dumps({ask["kind"]: {"boosted": boosted, "arima": arima}.get(ask["kind"], network)()}))
