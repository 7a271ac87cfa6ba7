"""Our trainer beside scikit-learn's default forest on tables that nobody here chose: those that come with
scikit-learn, and its generators as they are. `/usr/bin/python3 bench/forest/unchosen.py`, where
`apt install python3-sklearn` puts the library. Half of the rows train, half test; means of three seeds."""
import csv
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).parent.parent.parent
SEEDS = [1, 2, 3]


def above_median(regression):
    x, y = regression
    return x, y > np.median(y)


def tables():
    yield "breast cancer", datasets.load_breast_cancer(return_X_y=True)
    yield "diabetes, over the median", above_median(datasets.load_diabetes(return_X_y=True))
    x, y = datasets.load_wine(return_X_y=True)
    yield "wine, class 1", (x, y == 1)
    x, y = datasets.load_digits(return_X_y=True)
    yield "digits, odd", (x, y % 2)
    x, y = datasets.make_hastie_10_2(6_000, random_state=0)
    yield "hastie 10.2", (x, y > 0)
    yield "friedman 1, over the median", above_median(
        datasets.make_friedman1(4_000, 20, noise=1, random_state=0)
    )
    yield "gaussian quantiles, 2 classes", datasets.make_gaussian_quantiles(
        n_samples=4_000, n_features=12, n_classes=2, random_state=0
    )
    for flip, informative in [(0.01, 2), (0.2, 4), (0.3, 10)]:
        yield f"classification, {informative} informative of 20, {flip} flipped", (
            datasets.make_classification(
                4_000, n_informative=informative, flip_y=flip, random_state=0
            )
        )
    for seed in [0, 1]:
        # One column leads and 29 say nothing.
        random = np.random.default_rng(seed)
        x = random.normal(size=(4_000, 30))
        yield f"one of 30 columns leads, {seed}", (
            x,
            random.random(4_000) < 1 / (1 + np.exp(2 - 2 * x[:, 0])),
        )


def ours(folder, x, y, train):
    with open(folder / "table.csv", "w") as file:
        rows = csv.writer(file)
        rows.writerow([*(f"x{i}" for i in range(x.shape[1])), "y"])
        rows.writerows([*map(repr, map(float, row)), int(label)] for row, label in zip(x, y))
    with open(folder / "split.csv", "w") as file:
        rows = csv.writer(file)
        rows.writerow(["row_id", "part"])
        rows.writerows((i, "train" if is_train else "test") for i, is_train in enumerate(train))
    arguments = ["--target", "y", "--positive", "1", "--seeds", ",".join(map(str, SEEDS))]
    command = ["node", "scripts/launch.mjs", "src/main/nextbest.ts", "forest", "evaluate", "--json"]
    files = ["--csv", folder / "table.csv", "--split", folder / "split.csv"]
    done = subprocess.run([*command, *files, *arguments], cwd=ROOT, capture_output=True)
    report = json.loads(done.stdout)
    return report["mean"]["test"]["raw"]["auc"], report["spec"]


def peer(x, y, train):
    aucs = []
    for seed in SEEDS:
        forest = RandomForestClassifier(random_state=seed).fit(x[train], y[train])
        aucs.append(roc_auc_score(y[~train], forest.predict_proba(x[~train])[:, 1]))
    return float(np.mean(aucs))


print("| table | rows | AUC ours | scikit-learn's default | difference | leaf, share |")
print("|---|---|---|---|---|---|")
for name, (x, y) in tables():
    x, y = np.asarray(x, float), np.asarray(y).astype(int)
    train = np.random.default_rng(1).permutation(len(y)) % 2 == 0
    # A column with one value in all training rows is refused, for it says nothing.
    x = x[:, np.ptp(x[train], 0) > 0]
    with tempfile.TemporaryDirectory() as folder:
        auc, spec = ours(Path(folder), x, y, train)
    default = peer(x, y, train)
    chosen = f"{spec['minimumLeaf']}, {spec['featureSharePpm'] / 1e6:.2f}"
    print(f"| {name} | {len(y)} | {auc:.4f} | {default:.4f} | {auc - default:+.4f} | {chosen} |", flush=True)
