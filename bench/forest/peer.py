"""The peer of bench/forest: Debian's python3-sklearn on the same rows, one thread, as JSON."""
import csv
import gzip
import json
import sys
import time

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

shared = sys.argv[1] if len(sys.argv) > 1 else "../shared"


def read(path, delimiter):
    with gzip.open(f"{shared}/data/{path}", "rt") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    return rows[0], rows[1:]


def encode(head, rows, left_out):
    columns = []
    for j, name in enumerate(head):
        if name in left_out:
            continue
        cells = [row[j] for row in rows]
        try:
            columns.append(np.array(cells, "f4"))
        except ValueError:
            values = sorted(set(cells))
            for value in values[1:] if len(values) == 2 else values:
                columns.append(np.array([cell == value for cell in cells], "f4"))
    return np.stack(columns, 1)


def study(title, path, delimiter, target, positive, left_out, split):
    head, rows = read(path, delimiter)
    with open(f"{shared}/data/splits/{split}.split.csv") as file:
        test = np.array([line["part"] == "test" for line in csv.DictReader(file)])
    x = encode(head, rows, {target, *left_out})
    y = np.array([row[head.index(target)] == positive for row in rows])
    aucs, cpus = [], []
    for seed in (1, 2, 3):
        start = time.process_time()
        forest = RandomForestClassifier(100, min_samples_leaf=10, random_state=seed, n_jobs=1)
        forest.fit(x[~test], y[~test])
        cpus.append(time.process_time() - start)
        aucs.append(roc_auc_score(y[test], forest.predict_proba(x[test])[:, 1]))
    many = x[np.random.default_rng(1).integers(0, len(x), 100_000)]
    start = time.process_time()
    forest.predict_proba(many)
    print(json.dumps({
        "table": title,
        "auc": round(float(np.mean(aucs)), 4),
        "trainCpuS": round(float(np.median(cpus)), 3),
        "predictUsARow": round((time.process_time() - start) * 10, 2),
    }), flush=True)


BANK = ("uci-bank/bank-full.csv.gz", ";", "y", "yes", {"duration"})
MORE = ("uci-bank/bank-additional-full.csv.gz", ";", "y", "yes", {"duration"})
study("bank-full", *BANK, "bank_full_nodur")
study("bank-full by date", *BANK, "bank_full_nodur_temporal")
study("bank-additional", *MORE, "bank_add_nodur")
study("credit default", "credit-default/creditcard_default.csv.gz", ",", "has_default", "1", set(),
      "credit_default")
