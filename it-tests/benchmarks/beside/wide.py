#!/usr/bin/env python3
"""Tables of more columns than rows: seconds, memory and held-out log-likelihood of default fits beside shrunk Gaussians.

    wide.py EIGENDRIFT

EIGENDRIFT is the start script of a distribution. Needs NumPy and scikit-learn (Debian: python3-sklearn). Four laws (five factors, a
chain of correlation 0.8, two clusters, exponentials of three factors), three sizes. The Gaussian is the better for the test rows of
Ledoit and Wolf's and the oracle approximating shrinkage, of all rows, and of as many as the program fits when it keeps a fifth back.
"""
import os
import resource
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from sklearn.covariance import OAS, LedoitWolf
except ImportError as missing:
    sys.exit(f"skipped: {missing}; on Debian: apt install python3-sklearn")


def law(kind, columns):
    made = np.random.default_rng(3)
    if kind == "factors":
        loads = made.normal(size=(5, columns)) * 0.7
        return lambda rows, r: r.normal(size=(rows, 5)) @ loads + r.normal(size=(rows, columns))
    if kind == "clusters":
        centre = made.normal(size=columns) * 0.6
        return lambda rows, r: r.normal(size=(rows, columns)) + np.where(r.random(rows) < 0.5, 1, -1)[:, None] * centre
    if kind == "exponentials":
        loads = made.normal(size=(3, columns)) * 0.4
        return lambda rows, r: np.exp(0.5 * (r.normal(size=(rows, 3)) @ loads + r.normal(size=(rows, columns))))

    def chain(rows, r):
        out = r.normal(size=(rows, columns))
        for j in range(1, columns):
            out[:, j] = 0.8 * out[:, j - 1] + 0.6 * out[:, j]
        return out

    return chain


def gaussian(train, test):
    return max(shrunk().fit(train).score(test) for shrunk in (LedoitWolf, OAS))


def ours(program, train, test, folder):
    names = ",".join(f"x{j + 1}" for j in range(train.shape[1]))
    for name, rows in (("train", train), ("test", test)):
        np.savetxt(f"{folder}/{name}.csv", rows, delimiter=",", fmt="%.6f", header=names, comments="")
    with open(folder + "/fit.yaml", "w") as out:
        out.write("target: { type: csv, path: train.csv }\n")
    environment = dict(os.environ, EIGENDRIFT_OPTS="-Xmx2g")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in (("fit", "fit.yaml", "--out", "m.safetensors"), ("score", "m.safetensors", "--data", "test.csv", "--out", "s.csv")):
        done = subprocess.run((program, *command), cwd=folder, capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            sys.exit(done.stderr)
        if command[0] == "fit":
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(np.mean(np.loadtxt(folder + "/s.csv", skiprows=1))), seconds, after.ru_maxrss / 1024


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    print("law, rows x columns: ours | shrunk Gaussian of all rows | of four fifths | processor, s | most memory so far, MB")
    for kind in ("factors", "chain", "clusters", "exponentials"):
        for rows, columns in ((200, 2000), (40, 300), (200, 100)):
            random = np.random.default_rng(5)
            draw = law(kind, columns)
            train, test = draw(rows, random), draw(200, random)
            with tempfile.TemporaryDirectory() as folder:
                nats, seconds, memory = ours(program, train, test, folder)
            print(
                f"{kind}, {rows} x {columns}: {nats:.1f} | {gaussian(train, test):.1f} | "
                f"{gaussian(train[: rows * 4 // 5], test):.1f} | {seconds:.1f} | {memory:.0f}",
                flush=True,
            )


main()
