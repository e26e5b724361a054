"""The same training in PyTorch: same samples, first weights and order of batches.

One bias per gate as in ours: the second one of nn.LSTM stays 0 and is not trained.
Usage: train_peer.py FOLDER (files as train.bench.ts writes them) -> JSON {seconds: [epoch], cpuS of all epochs but the first, memoryMiB, figure}
"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

folder = Path(sys.argv[1])
ask = json.loads((folder / "ask.json").read_text())
network = ask["network"]
torch.set_num_threads(ask["threads"])
steps, features = network["input"]["steps"], network["input"]["features"]
loss_name = network["loss"]
weights = np.fromfile(folder / "weights", np.float32)
places = {p["name"]: p for p in ask["parameters"]}


def weight(name):
    p = places[name]
    return weights[p["from"] : p["from"] + p["size"]].reshape(p["dims"])


def gates(values):
    """Rows input, forget, output, candidate -> input, forget, candidate, output."""
    i, f, o, g = np.split(values, 4)
    return torch.from_numpy(np.concatenate([i, f, g, o]))


def samples(x, y, rows):
    shape = (rows, features) if loss_name == "bce" else (rows, steps, features)
    inputs = torch.from_numpy(np.fromfile(folder / x, np.float32).reshape(shape))
    if loss_name == "cross-entropy":
        return inputs, torch.from_numpy(np.fromfile(folder / y, np.int32).astype(np.int64))
    return inputs, torch.from_numpy(np.fromfile(folder / y, np.float32).reshape(rows, -1))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        layers = network["layers"]
        stack = [layer for layer in layers if layer["kind"] == "lstm"]
        self.lstm = None
        if stack:
            both = stack[0]["bidirectional"]
            units = stack[0]["units"]
            self.lstm = nn.LSTM(features, units, num_layers=len(stack), bidirectional=both, batch_first=True)
            for l in range(len(stack)):
                for side, suffix in (("forward", ""), ("backward", "_reverse"))[: 2 if both else 1]:
                    for part, theirs in (("input", "weight_ih"), ("recurrent", "weight_hh"), ("bias", "bias_ih")):
                        getattr(self.lstm, f"{theirs}_l{l}{suffix}").data = gates(weight(f"layer{l}.{side}.{part}"))
                    idle = getattr(self.lstm, f"bias_hh_l{l}{suffix}")
                    idle.data.zero_()
                    idle.requires_grad_(False)
            self.sides = 2 if both else 1
        tail = []
        for index, layer in enumerate(layers):
            if layer["kind"] != "dense":
                continue
            w = weight(f"layer{index}.weight")
            linear = nn.Linear(w.shape[1], w.shape[0])
            linear.weight.data = torch.from_numpy(w.copy())
            linear.bias.data = torch.from_numpy(weight(f"layer{index}.bias").copy())
            tail += [linear] + ([nn.ReLU()] if layer["activation"] == "relu" else [])
        self.tail = nn.Sequential(*tail)

    def forward(self, x):
        if self.lstm is not None:
            _, (h, _) = self.lstm(x)
            x = torch.cat(tuple(h[-self.sides :]), dim=1)
        return self.tail(x)


model = Model()
criterion = {"mse": nn.MSELoss, "bce": nn.BCEWithLogitsLoss, "cross-entropy": nn.CrossEntropyLoss}[loss_name]()
adam = ask["adam"]
optimiser = torch.optim.Adam(
    [p for p in model.parameters() if p.requires_grad],
    adam["rate"],
    betas=(adam["beta1"], adam["beta2"]),
    eps=adam["epsilon"],
)
x, y = samples("x", "y", ask["rows"])
order = torch.from_numpy(np.fromfile(folder / "order", np.uint32).astype(np.int64)).reshape(ask["epochs"], -1)

seconds = []
for epoch, rows in enumerate(order):
    if epoch == 1:
        cpu_began = time.process_time()
    began = time.perf_counter()
    for part in torch.split(rows, ask["batch"]):
        optimiser.zero_grad(set_to_none=True)
        loss = criterion(model(x[part]), y[part])
        loss.backward()
        optimiser.step()
    seconds.append(time.perf_counter() - began)
cpu = time.process_time() - cpu_began
memory = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20

x, y = samples("testX", "testY", ask["testRows"])
with torch.no_grad():
    out = model(x)
    if loss_name == "mse":
        figure = float(torch.sqrt(((out - y) ** 2).mean()))
    elif loss_name == "bce":
        figure = 100 * float(((out > 0) == (y > 0.5)).float().mean())
    else:
        figure = 100 * float((out.argmax(1) == y).float().mean())
print(json.dumps({"seconds": seconds, "cpuS": cpu, "memoryMiB": memory, "figure": figure}))
