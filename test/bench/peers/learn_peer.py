"""Classifiers and k-means of scikit-learn and xgboost on the data set that learn.bench.ts writes.

Needs Debian's python3-sklearn and python3-xgboost. argv: the folder, the ANN's epochs, the SVM's rows.
Prints one JSON object: by model the quickest of its trainings in seconds and in seconds of the processor, and the accuracy on the same test rows.
"""
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
folder, epochs, svm_rows, features = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
X = np.fromfile(folder / "x.f32", np.float32).reshape(-1, features)
y = np.fromfile(folder / "y.u8", np.uint8).astype(int)
train = np.fromfile(folder / "train.u32", np.uint32)
test = np.fromfile(folder / "test.u32", np.uint32)
points = np.fromfile(folder / "points.f64", np.float64).reshape(-1, 3)


def scaled(model):
    return make_pipeline(StandardScaler(), model)


models = {
    "logistic": (lambda: scaled(LogisticRegression(max_iter=200)), train, 5),
    "bayes": (lambda: scaled(GaussianNB()), train, 5),
    "svm": (lambda: scaled(SVC(C=1.0, gamma="scale")), train[:svm_rows], 3),
    "forest": (lambda: RandomForestClassifier(30, max_depth=9, n_jobs=1, random_state=0), train, 2),
    "forest, 2 threads": (lambda: RandomForestClassifier(30, max_depth=9, n_jobs=2, random_state=0), train, 2),
    "ann": (
        lambda: scaled(MLPClassifier((4, 4), batch_size=32, max_iter=epochs, n_iter_no_change=epochs + 1, random_state=0)),
        train,
        1,
    ),
    "logistic, unscaled": (lambda: LogisticRegression(), train, 1),
    "svm, unscaled": (lambda: SVC(), train[:svm_rows], 1),
}
try:
    import xgboost

    for threads, name in ((1, "boosted"), (2, "boosted, 2 threads")):
        models[name] = (
            lambda threads=threads: xgboost.XGBClassifier(
                n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=threads, verbosity=0
            ),
            train,
            3,
        )
except ImportError:
    pass

seconds, processor, accuracy = {}, {}, {}
for name, (make, rows, times) in models.items():
    for _ in range(times):
        model = make()
        started, busy = time.perf_counter(), time.process_time()
        model.fit(X[rows], y[rows])
        took, busy = time.perf_counter() - started, time.process_time() - busy
        seconds[name] = min(took, seconds.get(name, took))
        processor[name] = min(busy, processor.get(name, busy))
    accuracy[name] = float((model.predict(X[test]) == y[test]).mean())
for _ in range(3):
    busy = time.process_time()
    fits = [KMeans(k, n_init=1, random_state=0).fit(points) for k in range(1, 11)]
    busy = time.process_time() - busy
    processor["kmeans"] = min(busy, processor.get("kmeans", busy))
print(json.dumps({"seconds": seconds, "processorS": processor, "accuracy": accuracy, "wcss": [fit.inertia_ for fit in fits]}))
