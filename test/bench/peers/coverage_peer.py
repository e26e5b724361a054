"""Coverage by latitude, the naive way: every satellite against every grid point at every instant.

Circular Kepler orbits with the secular rates of J2, WGS-84 ground, the horizon across the geodetic vertical.
Usage: coverage_peer.py '{"planes": 6, ...}' (JSON as in coverage.bench.ts) -> JSON {seconds, latitudes: [[deg, percent, mean, least], ...]}
"""
import json
import sys
import time

import numpy as np

ask = json.loads(sys.argv[1])
MU, RE, J2 = 3.986004418e14, 6378137.0, 1.0826298213e-3
F = 1 / 298.257223563

began = time.perf_counter()
a = RE + 1000 * ask["altitudeKm"]
inc = np.radians(ask["inclinationDeg"])
n0 = np.sqrt(MU / a**3)
factor = 1.5 * J2 * (RE / a) ** 2 * n0
node_rate = -factor * np.cos(inc)
# argument of latitude: mean anomaly and perigee move together on a circle
latitude_rate = n0 + 0.5 * factor * (2 - 3 * np.sin(inc) ** 2) + 0.5 * factor * (4 - 5 * np.sin(inc) ** 2)

plane, slot = np.meshgrid(np.arange(ask["planes"]), np.arange(ask["satellitesPerPlane"]), indexing="ij")
plane, slot = plane.ravel(), slot.ravel()
total = plane.size
node0 = np.radians(plane * ask["raanSpreadDeg"] / ask["planes"])
arg0 = np.radians(slot * 360 / ask["satellitesPerPlane"] + plane * ask["phasing"] * 360 / total)

lats = np.arange(-90, 91, 5.0)
lons = np.arange(0, 360, 5.0)
la, lo = [grid.ravel() for grid in np.meshgrid(np.radians(lats), np.radians(lons), indexing="ij")]
up = np.stack([np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)], axis=1)
prime = RE / np.sqrt(1 - F * (2 - F) * np.sin(la) ** 2)
ground = up * prime[:, None]
ground[:, 2] *= (1 - F) ** 2
height = (ground * up).sum(axis=1)
ground_sq = (ground * ground).sum(axis=1)
sine = np.sin(np.radians(ask["minElevationDeg"]))

steps = int(ask["hours"] * 3600 // ask["stepS"]) + 1
covered = np.zeros(lats.size)
mean = np.zeros(lats.size)
least = np.full(lats.size, total)
days0 = ask["startMs"] / 86400e3 - 10957.5  # since 2000-01-01 12:00
for k in range(steps):
    t = k * ask["stepS"]
    days = days0 + t / 86400
    sidereal = np.radians((280.46061837 + 360.98564736629 * days) % 360)
    lam = node0 + node_rate * t - sidereal
    arg = arg0 + latitude_rate * t
    sat = a * np.stack(
        [
            np.cos(arg) * np.cos(lam) - np.sin(arg) * np.cos(inc) * np.sin(lam),
            np.cos(arg) * np.sin(lam) + np.sin(arg) * np.cos(inc) * np.cos(lam),
            np.sin(arg) * np.sin(inc),
        ]
    )
    rise = up @ sat - height[:, None]
    dist = np.sqrt(a * a + ground_sq[:, None] - 2 * (ground @ sat))
    count = (rise >= sine * dist).sum(axis=1).reshape(lats.size, lons.size)
    covered += (count > 0).mean(axis=1)
    mean += count.mean(axis=1)
    least = np.minimum(least, count.min(axis=1))

rows = [[float(l), 100 * float(c) / steps, float(m) / steps, int(x)] for l, c, m, x in zip(lats, covered, mean, least)]
print(json.dumps({"seconds": time.perf_counter() - began, "latitudes": rows}))
