"""Prints the numbers that the tests of boosted trees, split importance, curves and silhouette hold. Run: /usr/bin/python3 test/reference/boosted.py
Made with xgboost 1.7.4, scikit-learn 1.2.1, NumPy 1.24.2 (Debian 12)."""

import numpy as np
import xgboost
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score, silhouette_score

ROWS, TRAIN = 1000, 700


def sequence(prime, rows):
    """Fractional parts of i times the square root of a prime: the same in every language with IEEE doubles."""
    return (np.arange(1, rows + 1) * np.sqrt(float(prime))) % 1


u = [sequence(prime, ROWS) for prime in (2, 3, 5, 7, 11, 13)]
x = np.stack([np.floor(100 * column) for column in u[:5]], 1).astype(np.float32)
inside = (u[0] - 0.5) ** 2 + (u[1] - 0.5) ** 2 + 0.2 * u[2] < 0.22
y = np.where(inside == (u[5] < 0.05), 0, 1)
train, test = slice(0, TRAIN), slice(TRAIN, None)

model = xgboost.XGBClassifier(
    n_estimators=20, max_depth=4, learning_rate=0.3, tree_method="exact", base_score=y[train].mean(), n_jobs=1
).fit(x[train], y[train])
p = model.predict_proba(x[test])[:, 1]
print("logistic", [round(float(v), 5) for v in p[:8]])
p = model.predict_proba(x[train])[:, 1]
print("train: log loss", log_loss(y[train], p), "ROC AUC", roc_auc_score(y[train], p))
gain = model.get_booster().get_score(importance_type="total_gain")
print("gain", {name: round(value / sum(gain.values()), 5) for name, value in gain.items()})

target = (u[0] * 3 + np.sin(6 * u[1]) + u[2] * u[3]).astype(np.float32)
model = xgboost.XGBRegressor(
    n_estimators=30, max_depth=3, learning_rate=0.2, reg_lambda=2, min_child_weight=5, tree_method="exact",
    base_score=float(target[train].mean()), n_jobs=1,
).fit(x[train], target[train])
q = model.predict(x[test])
print("squared", [round(float(v), 5) for v in q[:8]], "RMSE", float(np.sqrt(np.mean((q - target[test]) ** 2))))

forest = RandomForestClassifier(300, max_depth=9, random_state=0).fit(x[train], y[train])
print("forest importance", forest.feature_importances_.round(3).tolist())

truth = (sequence(2, 500) < 0.4).astype(int)
score = np.round(0.5 * sequence(3, 500) + 0.5 * truth * sequence(5, 500), 2)
print("curves", roc_auc_score(truth, score), average_precision_score(truth, score))

label = np.arange(300) % 3
points = np.stack([sequence(2, 300) + 2 * label, sequence(3, 300)], 1)
print("silhouette", silhouette_score(points, label))
