#!/usr/bin/env python3
"""Times wengao beside other tools, taking turns in one run, and prints ratios.

usage: run.py PEERS WORK SPEED CORPUS [--rounds N]

PEERS   folder with the peers: npm-draft/ (docxtemplater), venv/ (docxtpl), made by SPEED/install.sh
WORK    folder with the drafting task, made by SPEED/draft/make.py
SPEED   folder with the peers' loops: draft/loop.py, draft/loop.js, placeholder.re
CORPUS  folder of .txt files to check

Absolute times drift by half on a shared machine within minutes, so every figure that is quoted
anywhere is a ratio of medians of the same rounds. Needs `cargo build --release --examples` first,
and `rg` and GNU `time` on the PATH. What is missing is left out, and said.
"""
import argparse, os, pathlib, re, resource, shutil, statistics as st, subprocess, sys, tempfile, time

p = argparse.ArgumentParser()
for name in ("peers", "work", "speed", "corpus"):
    p.add_argument(name, type=pathlib.Path)
p.add_argument("--rounds", type=int, default=9)
a = p.parse_args()
root = pathlib.Path(__file__).resolve().parents[2]
wengao = str(root / "target/release/wengao")
library = str(root / "target/release/examples/bench_library")
throughput = str(root / "target/release/examples/bench_throughput")
env = dict(os.environ, PEERS_DIR=str(a.peers.resolve()), WORK=str(a.work.resolve()), NO_COLOR="1")
scratch = pathlib.Path(tempfile.mkdtemp())
python = str(a.peers.resolve() / "venv/bin/python")
pattern = (a.speed / "placeholder.re").read_text(encoding="utf-8")
facts = str(scratch / "facts.yaml")
subprocess.run([wengao, "facts", "new", "speech/mobilization", "--example", "-o", facts, "-q"], check=True)
one = max((f for f in a.corpus.rglob("*.txt") if 4900 <= len(f.read_text(encoding="utf-8", errors="replace")) <= 5100), default=None)


def run(argv):
    start = time.perf_counter()
    done = subprocess.run(argv, env=env, cwd=a.speed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start, done.stdout.decode("utf-8", "replace")


def rate(argv):
    """Documents a second that a loop prints of itself."""
    found = re.search(r"([\d.]+) documents/s", run(argv)[1])
    return float(found[1]) if found else float("nan")


def peak(argv):
    with tempfile.NamedTemporaryFile("r") as f:
        subprocess.run(["time", "-q", "-f", "%M", "-o", f.name, *argv], env=env, cwd=a.speed,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return int(f.read().split()[-1]) / 1024


def table(title, cases, measure, unit, rounds):
    got = {name: [] for name, _ in cases}
    for _ in range(rounds):
        for name, argv in cases:
            got[name].append(measure(argv))
    base = st.median(got[cases[0][0]])
    print(f"\n{title}\n\n| | {unit}, median (min–max) | wengao : this |\n|---|--:|--:|")
    for name, _ in cases:
        m = st.median(got[name])
        print(f"| {name} | {m:.4g} ({min(got[name]):.4g}–{max(got[name]):.4g}) | {base / m:.2f} |")


millis = lambda argv: run(argv)[0] * 1e3
docx, n = str(scratch / "out.docx"), "200"
loops = [("wengao", [throughput, "1000"]), ("wengao, its whole library", [library]),
         ("the same on all cores", [library, "threads"]),
         ("docxtemplater", ["node", "draft/loop.js", "docxtemplater", n, docx]),
         ("docxtpl", [python, "draft/loop.py", "docxtpl", "60", docx])]
draft = [wengao, "draft", "speech/mobilization", "--facts", facts, "--output", docx, "--force", "-q"]
whole = [("wengao draft", draft), ("docxtpl", [python, "draft/loop.py", "docxtpl", "1", docx]),
         ("docxtemplater", ["node", "draft/loop.js", "docxtemplater", "1", docx])]
check = [wengao, "check", "--only", "placeholder", "--format", "json"]
corpus = [("wengao check --only placeholder", [*check, str(a.corpus.resolve())]),
          ("rg, the placeholder pattern", ["rg", "--no-ignore", pattern, str(a.corpus.resolve())])]
tables = [("Drafting .docx in one process", loops, rate, "documents/s", 3),
          ("One draft, whole process", whole, millis, "ms", a.rounds),
          ("Checking the corpus, whole process", corpus, millis, "ms", a.rounds)]
if one:
    size = len(one.read_text(encoding="utf-8"))
    tables.append((f"Checking one file of {size} characters, whole process",
                   [("wengao check --only placeholder", [*check, str(one.resolve())]),
                    ("rg, the placeholder pattern", ["rg", "--no-ignore", pattern, str(one.resolve())])],
                   millis, "ms", 21))
for title, cases, measure, unit, rounds in tables:
    there = [c for c in cases if shutil.which(c[1][0]) or pathlib.Path(c[1][0]).exists()]
    for name, _ in cases:
        if name not in [t for t, _ in there]:
            print(f"left out, not installed: {name}", file=sys.stderr)
    table(title, there, measure, unit, rounds)
print("\nPeak memory, MiB: one draft %.1f, the corpus checked %.1f" % (peak(draft), peak(corpus[0][1])))
shutil.rmtree(scratch)
