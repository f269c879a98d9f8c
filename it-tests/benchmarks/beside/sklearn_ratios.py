#!/usr/bin/env python3
"""Whole processes of the program and of scikit-learn in turn, on the same rows: seconds, and what each gives.

    sklearn_ratios.py EIGENDRIFT [--rounds 5] [--json RATIOS.json] [--picture RATIOS.png] [--against RECORDED.json]

EIGENDRIFT is the start script of a distribution. Needs NumPy and scikit-learn (Debian: python3-sklearn), for the picture
matplotlib. A ratio is scikit-learn's seconds by ours, so that more is better; with --against the script ends with 1 if the median
of one has fallen by a third below the recorded one. Processor seconds are compared: they depend less on what else runs.
"""
import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
    import sklearn
except ImportError as missing:
    sys.exit(f"skipped: {missing}; on Debian: apt install python3-sklearn")

FALLEN = 2 / 3


def moons(rows, seed):
    from sklearn.datasets import make_moons

    return make_moons(rows, noise=0.1, random_state=seed)[0]


def penguins(home):
    path = os.path.join(home, "examples", "penguins.csv")
    with open(path) as lines:
        names = lines.readline().strip().split(",")
        wanted = [names.index(n) for n in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")]
        cells = [line.strip().split(",") for line in lines]
    rows = [[row[i] for i in wanted] for row in cells]
    return np.array([[float(c) for c in row] for row in rows if all(c not in ("", "NA") for c in row)])


def split(rows):
    order = np.random.default_rng(1).permutation(len(rows))
    held = len(rows) // 5
    return rows[order[held:]], rows[order[:held]]


def with_gaps(rows):
    holes = np.random.default_rng(2).random(rows.shape) < 0.2
    holes[np.all(holes, axis=1), 0] = False
    # Every row is a question of its own: twenty of them tell what one costs.
    holes[20:] = False
    return np.where(holes, np.nan, rows), holes


# scikit-learn's side of each case: reads what the program reads, prints one number.


def mixture(train, most):
    """The search that its documentation shows: every number of components and form of covariance, by BIC."""
    from sklearn.mixture import GaussianMixture

    fits = (
        GaussianMixture(k, covariance_type=form, random_state=0).fit(train)
        for k in range(1, most + 1)
        for form in ("full", "tied", "diag", "spherical")
    )
    return min(fits, key=lambda fit: fit.bic(train))


def peer(case, folder):
    train, test = np.load(folder + "/train.npy"), np.load(folder + "/test.npy")
    if case == "impute":
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401
        from sklearn.impute import IterativeImputer

        gaps, holes = with_gaps(test)
        filled = IterativeImputer(random_state=0).fit(train).transform(gaps)
        return error(filled, test, holes, train)
    if case == "kernels":
        from sklearn.model_selection import GridSearchCV
        from sklearn.neighbors import KernelDensity

        spread = train.std(axis=0)
        widths = {"bandwidth": np.geomspace(0.02, 1, 12)}
        search = GridSearchCV(KernelDensity(), widths, cv=5).fit(train / spread)
        return float(np.mean(search.score_samples(test / spread)) - np.log(spread).sum())
    fit = mixture(train, 30 if len(train) > 5000 else 8)
    return float(np.mean(fit.score_samples(test)))


def error(filled, truth, holes, train):
    return float(np.sqrt(np.mean((((filled - truth) / train.std(axis=0))[holes]) ** 2)))


# The program's side.


def ours(case, folder, program):
    model = folder + "/model.safetensors"
    if case == "impute":
        run(program, "impute", model, "--data", folder + "/gaps.csv", "--out", folder + "/filled.csv")
        filled = np.genfromtxt(folder + "/filled.csv", delimiter=",", names=True)
        test = np.load(folder + "/test.npy")
        columns = np.column_stack([filled[f"x{i + 1}"] for i in range(test.shape[1])])
        return error(columns, test, with_gaps(test)[1], np.load(folder + "/train.npy"))
    run(program, "fit", folder + "/fit.yaml", "--out", model)
    run(program, "score", model, "--data", folder + "/test.npy", "--out", folder + "/scores.npy")
    return float(np.mean(np.load(folder + "/scores.npy")))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(" ".join(command) + ": " + done.stderr)
    return done.stdout


def timed(task):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    value = task()
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"value": value, "wall": wall, "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def prepare(folder, train, test):
    np.save(folder + "/train.npy", train)
    np.save(folder + "/test.npy", test)
    gaps, _ = with_gaps(test)
    header = ",".join(f"x{i + 1}" for i in range(test.shape[1]))
    np.savetxt(folder + "/gaps.csv", gaps, delimiter=",", header=header, comments="", fmt="%.17g")
    with open(folder + "/gaps.csv") as lines:
        text = lines.read().replace("nan", "")
    with open(folder + "/gaps.csv", "w") as out:
        out.write(text)
    with open(folder + "/fit.yaml", "w") as out:
        out.write(f"target: {{ type: npy, path: {folder}/train.npy }}\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("eigendrift")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--json")
    arguments.add_argument("--picture")
    arguments.add_argument("--against")
    arguments.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.peer:
        print(peer(*given.peer))
        return
    home = os.path.dirname(os.path.dirname(os.path.realpath(given.eigendrift)))
    results = {}
    with tempfile.TemporaryDirectory() as work:
        tables = {"penguins": split(penguins(home)), "two-moons": (moons(20_000, 1), moons(5_000, 2))}
        for name, (train, test) in tables.items():
            folder = os.path.join(work, name)
            os.mkdir(folder)
            prepare(folder, train, test)
            # Filling gaps needs the model of the first case.
            for case in ("mixture", "kernels", "impute") if name == "penguins" else ("mixture", "kernels"):
                turns = []
                for _ in range(given.rounds):
                    here = timed(lambda: ours(case, folder, given.eigendrift))
                    there = timed(
                        lambda: float(run(sys.executable, __file__, given.eigendrift, "--peer", case, folder))
                    )
                    turns.append({"ours": here, "theirs": there})
                results[f"{name}: {case}"] = summary(turns)
                print(f"{name}: {case}", json.dumps(results[f"{name}: {case}"]["short"]), flush=True)
    machine = {"processors": os.cpu_count(), "machine": platform.machine(), "scikit-learn": sklearn.__version__}
    if given.json:
        with open(given.json, "w") as out:
            json.dump({"machine": machine, "cases": results}, out, indent=1)
    if given.picture:
        draw(results, given.picture)
    if given.against:
        compare(results, given.against)


def summary(turns):
    ratios = sorted(turn["theirs"]["processor"] / turn["ours"]["processor"] for turn in turns)
    medians = {
        side: {key: float(np.median([turn[side][key] for turn in turns])) for key in ("wall", "processor", "value")}
        for side in ("ours", "theirs")
    }
    short = {"ratio": float(np.median(ratios)), "from": ratios[0], "to": ratios[-1], **medians}
    return {"short": short, "turns": turns}


def draw(results, path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = list(results)
    short = [results[name]["short"] for name in names]
    middle = [s["ratio"] for s in short]
    spread = [[s["ratio"] - s["from"] for s in short], [s["to"] - s["ratio"] for s in short]]
    figure, axes = pyplot.subplots(figsize=(7, 0.6 * len(names) + 1))
    axes.errorbar(middle, range(len(names)), xerr=spread, fmt="o", capsize=3)
    axes.axvline(1, color="grey", linewidth=1)
    axes.set_xscale("log")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("scikit-learn's processor seconds by ours")
    figure.tight_layout()
    figure.savefig(path)


def compare(results, path):
    with open(path) as recorded:
        before = json.load(recorded)["cases"]
    fallen = [
        f"{name}: {results[name]['short']['ratio']:.3g}, recorded {before[name]['short']['ratio']:.3g}"
        for name in results
        if name in before and results[name]["short"]["ratio"] < FALLEN * before[name]["short"]["ratio"]
    ]
    if fallen:
        sys.exit("ratios that have fallen by a third:\n" + "\n".join(fallen))


if __name__ == "__main__":
    main()
