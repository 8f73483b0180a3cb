"""Prints, as JSON, what scikit-learn makes of the flagship's loan features: coefficients, probabilities, and the area under the ROC curve.

usage: logistic_record.py DATABASE FEATURE…
"""
import json
import sys

import duckdb
import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

database, features = sys.argv[1], sys.argv[2:]
con = duckdb.connect(database, read_only=True)


def loans(split):
    columns = ", ".join(f"cast({name} as double) as {name}" for name in features)
    found = con.execute(
        f"select loan_id, is_defaulted, {columns} from gold.loan_default_features where split = ? order by loan_id", [split]
    ).fetchall()
    rows = np.array([[np.nan if value is None else value for value in row[2:]] for row in found], dtype=float)
    return [row[0] for row in found], rows, [row[1] for row in found]


_, train, train_labels = loans("train")
keys, test, test_labels = loans("test")
# Its default C = 1.0, to the last digits: the default tolerance stops earlier than the comparison looks.
model = make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(tol=1e-10, max_iter=10_000))
model.fit(train, train_labels)
probabilities = model.predict_proba(test)[:, 1]
fitted = model[-1]
json.dump(
    {
        "coefficients": {"intercept": float(fitted.intercept_[0]), **dict(zip(features, map(float, fitted.coef_[0])))},
        "probabilities": dict(zip(keys, map(float, probabilities))),
        "auc": {
            "train": float(roc_auc_score(train_labels, model.predict_proba(train)[:, 1])),
            "test": float(roc_auc_score(test_labels, probabilities)),
        },
    },
    sys.stdout,
)
