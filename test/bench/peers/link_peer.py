"""The columns of `Snapshot` in NumPy, on one thread, in the three ways that a careful user of NumPy would come by.

float64, in place (`out=`), what a UE shares between its beams computed once, columns beam by beam so that every operation
runs over contiguous memory. `interp`: whole columns, tables read by np.interp. `gather`: the same with the tables gathered
at whole places and their differences. `blocks`: the latter for UEs in blocks that stay in the cache, of the best size.
Usage: link_peer.py < ask.json (see link.bench.ts)
-> JSON {interp, gather, blocks: {best, median: ns per UE and beam, block}, sums: {column: sum}}
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

ask = json.load(sys.stdin)
users, beams, repeats = ask["users"], ask["beams"], ask["repeats"]
table, per_unit, scale = np.array(ask["gainDb"]), ask["perUnit"], ask["scale"]
loss, loss_per_unit = np.array(ask["lossDb"]), ask["lossPerUnit"]
gain_step, loss_step = np.append(np.diff(table), 0), np.append(np.diff(loss), 0)
linear = np.array(ask["gainLinear"])
linear_step = np.append(np.diff(linear), 0)
sat = np.array(ask["satellite"])
aim = np.array(ask["aim"]).reshape(beams, 3)
channel = np.array(ask["channel"])
# the UEs: a grid over a box, the same arithmetic as in link.bench.ts
index = np.arange(users)
side = int(np.ceil(np.sqrt(users)))
lat = np.radians(ask["southDeg"] + ask["sizeDeg"] * (index // side) / side)
lon = np.radians(ask["westDeg"] + ask["sizeDeg"] * (index % side) / side)
up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
position = up * ask["earthRadiusM"]

PATH = ("range", "sineElevation", "elevation", "freeSpaceLossDb", "elevationLossDb", "delay")
BEAM = ("offAxisGainDb", "isotropicPowerDbw", "cOverN0DbHz", "cOverNDb", "ebOverN0Db", "fluxDensityDbwPerM2", "rsrpDbm")
USER = ("wantedMw", "interferenceMw", "cOverIDb", "sinrDb")
path = {name: np.empty(users) for name in PATH}
beam_columns = {name: np.empty((beams, users)) for name in BEAM}
user = {name: np.empty(users) for name in USER}
best = np.empty(users, dtype=np.int64)


def scratch(block):
    return [np.empty(block) for _ in range(6)] + [np.empty(block, dtype=np.int64), np.empty((beams, block))]


def gather(out, table, steps, t, entry, part):
    """Linear interpolation in a table at the places `t` into `out`; `part` is overwritten."""
    np.copyto(entry, t, casting="unsafe")
    np.subtract(t, entry, out=part)
    np.take(steps, entry, out=out)
    out *= part
    np.take(table, entry, out=part)
    out += part


places = {len(values): np.arange(len(values), dtype=float) for values in (table, loss)}


def interp(out, table, steps, t, entry, part):
    out[:] = np.interp(t, places[len(table)], table)


def compute(a, b, room, read):
    dx, dy, dz, inverse, t, v, entry, power = room
    n = b - a
    dx, dy, dz, inverse, t, v, entry, power = dx[:n], dy[:n], dz[:n], inverse[:n], t[:n], v[:n], entry[:n], power[:, :n]
    p, u = position[:, a:b], up[:, a:b]
    col = {name: values[a:b] for name, values in path.items()}
    for k, d in enumerate((dx, dy, dz)):
        np.subtract(sat[k], p[k], out=d)
    squared = v
    np.multiply(dx, dx, out=squared)
    np.multiply(dy, dy, out=t)
    squared += t
    np.multiply(dz, dz, out=t)
    squared += t
    np.sqrt(squared, out=col["range"])
    np.divide(1, col["range"], out=inverse)
    sine = col["sineElevation"]
    np.multiply(dx, u[0], out=sine)
    np.multiply(dy, u[1], out=t)
    sine += t
    np.multiply(dz, u[2], out=t)
    sine += t
    sine *= inverse
    np.arcsin(sine, out=col["elevation"])
    np.multiply(col["range"], 1 / ask["speedOfLight"], out=col["delay"])
    fspl = col["freeSpaceLossDb"]
    np.log10(squared, out=fspl)
    fspl *= 10
    fspl += ask["lossAtOneMetreDb"]
    np.multiply(sine, loss_per_unit, out=t)
    read(col["elevationLossDb"], loss, loss_step, t, entry, v)
    # unit vector from the satellite to the UE
    inverse *= -scale
    dx *= inverse
    dy *= inverse
    dz *= inverse
    arriving = inverse
    np.subtract(ask["eirpDbw"], fspl, out=arriving)
    arriving -= col["elevationLossDb"]
    for k in range(beams):
        out = {name: values[k, a:b] for name, values in beam_columns.items()}
        np.multiply(dx, aim[k, 0], out=t)
        np.multiply(dy, aim[k, 1], out=v)
        t += v
        np.multiply(dz, aim[k, 2], out=v)
        t += v
        # x = scale·sin θ
        t *= t
        np.subtract(scale * scale, t, out=t)
        np.maximum(t, 0, out=t)
        np.sqrt(t, out=t)
        t *= per_unit
        np.minimum(t, len(table) - 2, out=t)
        read(power[k], linear, linear_step, t, entry, v)
        read(out["offAxisGainDb"], table, gain_step, t, entry, v)
        iso = out["isotropicPowerDbw"]
        np.add(arriving, out["offAxisGainDb"], out=iso)
        np.add(iso, ask["toCOverN0"], out=out["cOverN0DbHz"])
        np.add(iso, ask["toCOverN0"] - ask["bandwidthDb"], out=out["cOverNDb"])
        np.add(iso, ask["toCOverN0"] - ask["rateDb"], out=out["ebOverN0Db"])
        np.add(iso, ask["toFluxDb"], out=out["fluxDensityDbwPerM2"])
        np.add(iso, ask["toRsrp"], out=out["rsrpDbm"])
    arriving += ask["toRsrp"]
    arriving *= np.log(10) / 10
    np.exp(arriving, out=arriving)
    power *= arriving
    strongest = best[a:b]
    np.argmax(power, axis=0, out=strongest)
    wanted, interference = user["wantedMw"][a:b], user["interferenceMw"][a:b]
    np.max(power, axis=0, out=wanted)
    if channel.max() == 0:
        np.sum(power, axis=0, out=interference)
    else:
        totals = np.stack([power[channel == c].sum(axis=0) for c in range(channel.max() + 1)])
        interference[:] = totals[channel[strongest], np.arange(n)]
    interference -= wanted
    np.divide(wanted, interference, out=t)
    np.log10(t, out=user["cOverIDb"][a:b])
    user["cOverIDb"][a:b] *= 10
    np.add(interference, ask["noiseMw"], out=t)
    np.divide(wanted, t, out=t)
    np.log10(t, out=user["sinrDb"][a:b])
    user["sinrDb"][a:b] *= 10


def run(block, read):
    room = scratch(block)
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        for a in range(0, users, block):
            compute(a, min(users, a + block), room, read)
        times.append(time.perf_counter() - began)
    times.sort()
    best, median = (1e9 * t / (users * beams) for t in (times[0], times[len(times) // 2]))
    return {"best": best, "median": median, "block": block}


answer = {"interp": run(users, interp), "gather": run(users, gather)}
answer["blocks"] = min((run(block, gather) for block in (1024, 2048, 4096, 8192, 16384)), key=lambda r: r["best"])
sums = {name: float(values.sum()) for columns in (path, beam_columns, user) for name, values in columns.items()}
sums["best"] = float(best.sum())
print(json.dumps({**answer, "sums": sums}))
