"""Prints the numbers that learn.test.ts holds. Run: /usr/bin/python3 test/reference/learn.py
Made with scikit-learn 1.2.1, NumPy 1.24.2 (Debian 12)."""

import json

import numpy as np
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    mean_squared_error,
    precision_score,
    recall_score,
    roc_auc_score,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

TRAIN, TEST = 3000, 3000


def sequence(prime, rows):
    """Fractional parts of i times the square root of a prime: the same in every language with IEEE doubles."""
    return np.fmod(np.arange(1, rows + 1) * np.sqrt(float(prime)), 1.0)


def dataset(rows):
    u = [sequence(p, rows) for p in (2, 3, 5, 7, 11, 13)]
    x = np.stack(u[:5] + [u[0] + 0.1 * u[1], 48.86 + 0.001 * u[2], np.full(rows, 120.0)], axis=1)
    x = x.astype(np.float32).astype(float)
    score = (u[0] - 0.5) ** 2 + (u[1] - 0.5) ** 2 + 0.2 * u[2]
    y = (score < 0.22).astype(int)
    return x, np.where(u[5] < 0.05, 1 - y, y)


x, y = dataset(TRAIN + TEST)
train, test = (x[:TRAIN], y[:TRAIN]), (x[TRAIN:], y[TRAIN:])
ROWS = [0, 1, 2, 3, 4, 5]
out = {"ones": int(y.sum())}

m = make_pipeline(StandardScaler(), LogisticRegression(C=1, solver="newton-cholesky", tol=1e-12)).fit(*train)
out["logistic"] = {
    "accuracy": m.score(*test),
    "weight": m[-1].coef_[0].tolist(),
}
m = make_pipeline(StandardScaler(), GaussianNB()).fit(*train)
out["bayes"] = {"accuracy": m.score(*test), "probability": m.predict_proba(test[0])[ROWS, 1].tolist()}
m = make_pipeline(StandardScaler(), SVC(C=1, gamma=1 / 8, tol=1e-3)).fit(*train)
out["svm"] = {
    "accuracy": m.score(*test),
    "decision": m.decision_function(test[0])[ROWS].tolist(),
    "supportVectors": int(m[-1].n_support_.sum()),
}
forests = [RandomForestClassifier(30, max_depth=9, random_state=s).fit(*train).score(*test) for s in range(10)]
out["forest"] = {"accuracies": [min(forests), float(np.mean(forests)), max(forests)]}
networks = [
    make_pipeline(
        StandardScaler(),
        MLPClassifier((4, 4), batch_size=32, alpha=0, max_iter=75, tol=0, n_iter_no_change=1000, random_state=s),
    )
    .fit(*train)
    .score(*test)
    for s in range(10)
]
out["ann"] = {"accuracies": [min(networks), float(np.mean(networks)), max(networks)]}

truth = y[:200]
p = (0.6 * sequence(17, 200) + 0.3 * truth).astype(np.float32)
p[::10] = np.float32(0.5)
hard = (p > 0.5).astype(int)
out["metrics"] = {
    "accuracy": accuracy_score(truth, hard),
    "mse": mean_squared_error(truth, hard),
    "f1": f1_score(truth, hard),
    "auc": roc_auc_score(truth, hard),
    "recall": recall_score(truth, hard),
    "precision": precision_score(truth, hard),
    "brier": brier_score_loss(truth, p.astype(float)),
    "rocAuc": roc_auc_score(truth, p),
}


def discs(rows):
    """Three discs in a row, as (cell, latitude, longitude)."""
    a, b, c = (sequence(q, rows) for q in (2, 3, 5))
    cell = np.floor(3 * a)
    radius, angle = 1.1 * np.sqrt(b), 2 * np.pi * c
    return np.stack([cell, 20 + 0.9 * cell + radius * np.sin(angle), -60 + 2.3 * cell + radius * np.cos(angle)], axis=1)


points = discs(3000)
runs = [KMeans(k, n_init=20, tol=0, random_state=0).fit(points) for k in range(1, 11)]
out["kmeans"] = {
    "wcss": [r.inertia_ for r in runs],
    "centroids3": sorted(runs[2].cluster_centers_.tolist()),
}
print(json.dumps(out, indent=1))
