"""The plan of dahouda-2023 in NumPy and scikit-learn: same grid, same number of UEs, same sample sizes.

Needs Debian's python3-numpy, python3-scipy, python3-sklearn. Prints one JSON object with the seconds of each stage.
The pruning is the same as Beamwalk's: in each step only the UEs that may lie in a main lobe are measured.
"""
import json
import sys
import time
import warnings

import numpy as np
from scipy.special import j1
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
ask = json.loads(sys.argv[1])
UES, SVM_ROWS, ABLATION_SVM_ROWS, EPOCHS = ask["ues"], ask["svmRows"], ask["ablationSvmRows"], ask["annEpochs"]
DURATION, PERIOD, MARK = ask["durationS"], ask["measurementPeriodS"], ask["markS"]
PER_STEP = round(1 / PERIOD)
GM, OMEGA, RE, MEAN = 3.986004418e14, 7.2921151467e-5, 6378137.0, 6371008.8
RADIUS, SPACING, H, INC = ask["cellRadiusM"], ask["cellSpacingM"], ask["altitudeM"], ask["inclination"]
EDGE, NULL = 1.613741196369733, 3.8317059702075123
rng = np.random.default_rng(1)
stages = {}


def stage(name, started):
    stages[name] = stages.get(name, 0) + time.perf_counter() - started


def satellite(t):
    """ECEF position and velocity of a circular orbit over the sphere."""
    r = RE + H
    n = np.sqrt(GM / r**3)
    u = n * (t - MARK) + 0.01
    p = np.array([np.cos(u), np.sin(u) * np.cos(INC), np.sin(u) * np.sin(INC)])
    v = n * np.array([-np.sin(u), np.cos(u) * np.cos(INC), np.cos(u) * np.sin(INC)])
    a = OMEGA * t
    rot = np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])
    pe = rot @ p
    return r * pe, r * (rot @ v) - np.cross([0, 0, OMEGA], r * pe)


def centres(t):
    """Centres of the three cells: along the ground track."""
    p, v = satellite(t)
    up = p / np.linalg.norm(p)
    along = v - up * (v @ up)
    along /= np.linalg.norm(along)
    angles = np.array([1, 0, -1]) * SPACING / MEAN
    return RE * (np.cos(angles)[:, None] * up + np.sin(angles)[:, None] * along), p


def place():
    c, _ = centres(MARK)
    which = rng.integers(0, 3, UES)
    up = c / RE
    angle = np.arccos(1 - rng.random(UES) * (1 - np.cos(RADIUS / MEAN)))
    turn = 2 * np.pi * rng.random(UES)
    base = up[which]
    east = np.cross([0, 0, 1], base)
    east /= np.linalg.norm(east, axis=1)[:, None]
    north = np.cross(base, east)
    return np.cos(angle)[:, None] * base + np.sin(angle)[:, None] * (np.cos(turn)[:, None] * north + np.sin(turn)[:, None] * east)


grid = np.arange(0, 64, 1 / 256)
gain = np.zeros_like(grid)
gain[1:] = 20 * np.log10(np.maximum(1e-5, np.abs(2 * j1(grid[1:]) / grid[1:])))
linear = 10 ** (gain / 10)
K = 34 - 60 + 10 * np.log10(15e3) + 30 - 20 * np.log10(4 * np.pi * 2e9 / 299792458)
NOISE = 10 ** ((-228.5992 + 31.624 + 10 * np.log10(15e3) + 30) / 10)
CHORD = 2 * MEAN * np.sin(RADIUS / (2 * MEAN))

started = time.perf_counter()
up = place()
X = RE * up
serving = np.zeros(UES, np.int64)
since = np.full((UES, 3), -1.0)
frames = []
events = 0
instants = DURATION * PER_STEP + 1
active = np.arange(UES)
for i in range(instants):
    t = i * PERIOD
    c, s = centres(t)
    if i % PER_STEP == 1 or i == 0:
        middle, _ = centres(t + 0.5)
        nearest = np.min([((X - m) ** 2).sum(1) for m in middle], axis=0)
        active = np.flatnonzero(nearest < (CHORD * NULL / EDGE + 9000) ** 2)
    x = X[active]
    d = s - x
    r2 = (d * d).sum(1)
    sine = (d * up[active]).sum(1) / np.sqrt(r2)
    path = K - 10 * np.log10(r2) - 0.035 / sine
    q = np.stack([np.sqrt(((x - m) ** 2).sum(1)) for m in c], 1) * (EDGE / CHORD)
    where = np.minimum(q, 63) * 256
    k = where.astype(np.int64)
    g = gain[k] + (gain[k + 1] - gain[k]) * (where - k)
    rsrp = np.where(q < NULL, path[:, None] + g, -np.inf)
    covered = np.where(q <= EDGE, rsrp, -np.inf)
    best = covered.argmax(1)
    any_cell = np.isfinite(covered.max(1)) & (sine > 0.17)
    cell = serving[active]
    own = np.where(cell > 0, rsrp[np.arange(len(active)), np.maximum(cell - 1, 0)], -np.inf)
    better = rsrp - 1 > own[:, None] + 1
    better[np.arange(len(active)), np.maximum(cell - 1, 0)] = False
    running = since[active]
    running = np.where(better, np.where(running < 0, t, running), -1)
    due = (running >= 0) & (running + 0.256 < t + PERIOD) & ((cell > 0) & any_cell)[:, None]
    fire = due.any(1)
    events += int(fire.sum())
    target = np.where(due, rsrp, -np.inf).argmax(1) + 1
    cell = np.where(~any_cell, 0, np.where(fire, target, np.where(cell == 0, best + 1, cell)))
    running[fire | ~any_cell] = -1
    serving[:] = 0
    serving[active] = cell
    since[active] = running
    if i % PER_STEP == 0:
        power = linear[np.minimum(q, 63 - 1 / 256).astype(np.float64).__mul__(256).astype(np.int64)] * 10 ** (path / 10)[:, None]
        wanted = power[np.arange(len(active)), np.maximum(cell - 1, 0)]
        sinr = 10 * np.log10(wanted / (power.sum(1) - wanted + NOISE))
        frame = np.zeros(UES, dtype=[("cell", "u4"), ("rsrp", "i2"), ("sinr", "i2")])
        frame["cell"][active] = cell
        frame["rsrp"][active] = np.where(cell > 0, own.clip(-300, 300) * 100, -32768)
        frame["sinr"][active] = np.where(cell > 0, sinr.clip(-300, 300) * 100, -32768)
        frames.append(frame)
    if i == MARK * PER_STEP:
        marked = (active.copy(), cell.copy(), r2.copy(), sine.copy(), path.copy(), g[np.arange(len(active)), np.maximum(cell - 1, 0)])
stage("simulate", started)

started = time.perf_counter()
who, cell, r2, sine, path, g = (a for a in marked)
keep = cell > 0
who, cell, r2, sine, path, g = who[keep], cell[keep], r2[keep], sine[keep], path[keep], g[keep]
p = up[who]
lat, lon = np.degrees(np.arcsin(p[:, 2])), np.degrees(np.arctan2(p[:, 1], p[:, 0]))
points = np.stack([cell - 1.0, lat, lon], 1)
fits = [KMeans(k, n_init=1, random_state=0).fit(points) for k in range(1, 11)]
wcss = np.array([f.inertia_ for f in fits])
line = 1 - (wcss - wcss[-1]) / (wcss[0] - wcss[-1]) - np.linspace(0, 1, 10)
best = int(line.argmax()) + 1
fit = fits[best - 1]
centre = np.radians(fit.cluster_centers_[fit.labels_][:, 1:])
la, lo = np.radians(lat), np.radians(lon)
h = np.sin((la - centre[:, 0]) / 2) ** 2 + np.cos(la) * np.cos(centre[:, 0]) * np.sin((lo - centre[:, 1]) / 2) ** 2
distance = 2 * MEAN * np.arcsin(np.sqrt(h))
y = (distance > RADIUS * np.sqrt(0.5)).astype(int)
r = np.sqrt(r2)
fsl = 20 * np.log10(4 * np.pi * 2e9 * r / 299792458)
eirp = 34 - 60 + 10 * np.log10(30e6) + g
rip = eirp - fsl - 0.035 / sine
flux = eirp - 10 * np.log10(4 * np.pi * r2)
cn0 = rip - 31.624 + 228.6
columns = [cell - 1.0, lat, lon, r / 7e6, np.degrees(np.arctan2(lon - lon.mean(), lat)), np.degrees(np.arcsin(sine)), r / 1e3, fsl, fsl + 0.035 / sine, rip, rip, flux, np.full_like(r, -31.624), cn0 - 60, cn0 - 74.8, cn0 - 70, r / 299792458, r / 1e3, flux - 74.8, fit.labels_.astype(float), distance / 1e3]
M = np.stack(columns, 1).astype(np.float32)
stage("cluster", started)

order = rng.permutation(len(M))
cut = int(0.8 * len(M))
train, test = order[:cut], order[cut:]
keeps = [list(range(21)), [i for i in range(21) if i not in (1, 2, 20)], [7, 8, 9, 10, 11, 12, 13, 14, 15, 18]]
accuracy = {}
for number, use in enumerate(keeps):
    rows = SVM_ROWS if number == 0 else ABLATION_SVM_ROWS
    models = {
        "logistic": (make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)), train),
        "bayes": (GaussianNB(), train),
        "svm": (make_pipeline(StandardScaler(), SVC(C=1.0, gamma="scale")), train[:rows]),
        "forest": (RandomForestClassifier(30, max_depth=9, n_jobs=2, random_state=0), train),
        "ann": (make_pipeline(StandardScaler(), MLPClassifier((4, 4), batch_size=32, max_iter=EPOCHS, n_iter_no_change=EPOCHS + 1, random_state=0)), train),
    }
    for name, (model, fit_rows) in models.items():
        started = time.perf_counter()
        model.fit(M[fit_rows][:, use], y[fit_rows])
        stage(name if number == 0 else "ablations", started)
        started = time.perf_counter()
        rows_to_predict = M[:, use] if number == 0 else M[test][:, use]
        answer = model.predict(rows_to_predict)
        stage("predict" if number == 0 else "ablations", started)
        held = answer[test] if number == 0 else answer
        if number == 0:
            accuracy[name] = round(accuracy_score(y[test], held), 4)
        f1_score(y[test], held), roc_auc_score(y[test], held)

print(json.dumps({"stagesS": stages, "totalS": sum(stages.values()), "k": best, "accuracy": accuracy, "events": events, "rows": len(M)}))
