"""The peer of bench/forest: scikit-learn's forest over the matrices that a folder holds, asked by
lines of JSON on standard input, answering each with a line of JSON. Times are CPU seconds."""
import json
import sys
import time

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

forests = {}


def load(folder, part):
    with open(f"{folder}/{part}.json") as file:
        shape = json.load(file)
    values = np.fromfile(f"{folder}/{part}.f4", "<f4").reshape(shape["rows"], shape["columns"])
    return values, np.fromfile(f"{folder}/{part}.u1", "u1")


def fit(folder, part, seed, trees):
    x, y = load(folder, part)
    start = time.process_time()
    forest = RandomForestClassifier(trees, min_samples_leaf=10, random_state=seed, n_jobs=1)
    forest.fit(x, y)
    cpu = time.process_time() - start
    forests[seed] = forest
    return {"cpuS": cpu, "nodes": sum(tree.tree_.node_count for tree in forest.estimators_)}


def predict(folder, part, seed):
    x, y = load(folder, part)
    start = time.process_time()
    scores = forests[seed].predict_proba(x)[:, 1]
    cpu = time.process_time() - start
    return {"cpuS": cpu, "rows": len(x), "auc": float(roc_auc_score(y, scores))}


for line in sys.stdin:
    asked = json.loads(line)
    answer = {"fit": fit, "predict": predict}[asked.pop("do")](**asked)
    print(json.dumps(answer), flush=True)
