"""Look angles of a catalogue with python-sgp4 (SatrecArray) and NumPy, on one thread.

Without its compiled part python-sgp4 is slow: then only a sample of the satellites is propagated.
Usage: orbit_peer.py < ask.json (see orbit.bench.ts) -> JSON {accelerated, satellites, propagateS, lookS, sumRange: m}
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
from sgp4.api import Satrec, SatrecArray, accelerated

SAMPLE = 100

ask = json.load(sys.stdin)
lines = open(ask["file"]).read().splitlines()
firsts = [i for i, line in enumerate(lines) if line.startswith("1 ")]
if not accelerated:
    firsts = firsts[:SAMPLE]
satellites = SatrecArray([Satrec.twoline2rv(lines[i].strip(), lines[i + 1].strip()) for i in firsts])
times = np.array(ask["times"])
midnight = 86_400_000 * (ask["startMs"] // 86_400_000)
jd = np.full(times.size, midnight / 86_400_000 + 2440587.5)
fraction = (ask["startMs"] - midnight) / 86_400_000 + times / 86400

began = time.perf_counter()
error, position, _ = satellites.sgp4(jd, fraction)
propagate_s = time.perf_counter() - began

# the observer on the WGS-84 ellipsoid
A, F = 6378137.0, 1 / 298.257223563
lat, lon, height = ask["latitude"], ask["longitude"], ask["heightM"]
prime = A / np.sqrt(1 - F * (2 - F) * np.sin(lat) ** 2)
place = np.array(
    [
        (prime + height) * np.cos(lat) * np.cos(lon),
        (prime + height) * np.cos(lat) * np.sin(lon),
        (prime * (1 - F) ** 2 + height) * np.sin(lat),
    ]
)
axes = np.array(
    [
        [-np.sin(lon), np.cos(lon), 0],
        [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)],
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)],
    ]
)
# sidereal angle (IAU 1982), as SGP4's own frame has it; UT1 = UTC
centuries = (jd - 2451545.0 + fraction) / 36525
seconds = 67310.54841 + (876600 * 3600 + 8640184.812866) * centuries + 0.093104 * centuries**2 - 6.2e-6 * centuries**3
gmst = np.radians((seconds / 240) % 360)

began = time.perf_counter()
position *= 1000
# [instant] axes turned into TEME, then one product per instant
turned = np.empty((times.size, 3, 3))
c, s = np.cos(gmst)[:, None], np.sin(gmst)[:, None]
turned[:, :, 0] = c * axes[:, 0] - s * axes[:, 1]
turned[:, :, 1] = s * axes[:, 0] + c * axes[:, 1]
turned[:, :, 2] = axes[:, 2]
local = np.matmul(turned, position.transpose(1, 2, 0))
local -= (axes @ place)[:, None]
east, north, up = local[:, 0], local[:, 1], local[:, 2]
azimuth = np.arctan2(east, north)
azimuth[azimuth < 0] += 2 * np.pi
level = east * east
level += north * north
distance = np.sqrt(level + up * up)
np.sqrt(level, out=level)
elevation = np.arctan2(up, level)
look_s = time.perf_counter() - began

print(
    json.dumps(
        {
            "accelerated": bool(accelerated),
            "satellites": len(firsts),
            "propagateS": propagate_s,
            "lookS": look_s,
            "sumRange": float(distance[error.T == 0].sum()),
        }
    )
)
