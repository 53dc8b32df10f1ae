#!/usr/bin/env python3
"""What lies within the files that are handed out: an SBOM for each target, and everybody's licences.

    release/papers.py OUT TARGET…

writes `wengao-VERSION-TARGET.cdx.json` (CycloneDX 1.5) for each target and `LICENCES.txt` for all of them
together, and fails if a crate's licence is not on the list below. What is linked, `cargo metadata --locked`
and `cargo tree` tell: the normal dependencies, neither those of the build nor those of the tests. The texts are the crates'
own, read from where cargo unpacked them. Python alone, no network; the same sources give the same bytes.
"""
import json, os, pathlib, re, subprocess, sys, uuid

# What may be linked: each lets the program be handed on under its own licence, with the text beside it.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "ISC", "MIT", "MIT-0", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "Zlib",
}
# What the linker brings, beside the crates.
ALONG = {
    "linux-musl": [("musl", "MIT"), ("LLVM libunwind", "Apache-2.0 WITH LLVM-exception")],
    "windows-gnu": [("mingw-w64 runtime", "MIT AND ZPL-2.1"),
                    ("GCC runtime (libgcc)", "GPL-3.0-or-later WITH GCC-exception-3.1")],
}
STD = ("Rust standard library", "MIT OR Apache-2.0")
TEXTS = re.compile(r"(licen[cs]e|copying|notice|unlicense|copyright)", re.I)


def allowed(expression):
    """Whether an SPDX expression can be met: one side of each OR, both of each AND."""
    words = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def choice():
        good = both()
        while words and words[0] == "OR":
            words.pop(0)
            good = both() or good
        return good

    def both():
        good = one()
        while words and words[0] == "AND":
            words.pop(0)
            good = one() and good
        return good

    def one():
        word = words.pop(0)
        if word == "(":
            good = choice()
            words.pop(0)
            return good
        if words and words[0] == "WITH":
            word += f" {words.pop(0)} {words.pop(0)}"
        return word in ALLOWED

    return choice()


def named(target):
    """Name and version of all that the features in use bring on a target. `cargo metadata` lists what a feature
    that nobody asked for would bring as well."""
    command = [os.environ.get("CARGO", "cargo"), "tree", "--locked", "-e", "normal", "--target", target,
               "--prefix", "none", "-f", "{p}"]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {tuple(line.split()[:2]) for line in told.splitlines() if line.strip()}


def linked(target):
    """The program's own package and all that it links on a target, with who needs whom."""
    command = [os.environ.get("CARGO", "cargo"), "metadata", "--locked", "--format-version=1",
               f"--filter-platform={target}"]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    packages = {p["id"]: p for p in told["packages"]}
    needs = {node["id"]: sorted(d["pkg"] for d in node["deps"] if any(k["kind"] is None for k in d["dep_kinds"]))
             for node in told["resolve"]["nodes"]}
    # What a macro needs works at build time and is not linked.
    for key, package in packages.items():
        if any("proc-macro" in t["kind"] for t in package["targets"]):
            needs[key] = []
    in_use = named(target)
    for key in needs:
        needs[key] = [d for d in needs[key] if (packages[d]["name"], f"v{packages[d]['version']}") in in_use]
    seen, todo = set(), [told["resolve"]["root"]]
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo += needs[key]
    root = packages[told["resolve"]["root"]]
    return root, [packages[k] for k in sorted(seen)], {k: needs[k] for k in sorted(seen)}


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def along(target):
    return [STD, *(pair for end, pairs in ALONG.items() if target.endswith(end) for pair in pairs)]


def bill(target, root, packages, needs):
    """CycloneDX, without the hour of its making: that would be another file each time."""
    by_id = {p["id"]: p for p in packages}

    def component(package, kind="library"):
        return {"type": kind, "bom-ref": purl(package), "name": package["name"], "version": package["version"],
                "description": package["description"] or "",
                "licenses": [{"expression": package["license"].replace("/", " OR ")}], "purl": purl(package)}

    content = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": component(root, "application"),
                     "properties": [{"name": "target", "value": target}]},
        "components": [component(p) for p in packages if p is not root]
        + [{"type": "library", "bom-ref": name, "name": name, "licenses": [{"expression": licence}]}
           for name, licence in along(target)],
        "dependencies": [{"ref": purl(by_id[k]), "dependsOn": [purl(by_id[d]) for d in needs[k]]} for k in needs],
    }
    name = json.dumps(content, sort_keys=True)
    return {**content, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"}


def texts(package):
    """The licence texts in a crate's folder."""
    folder = pathlib.Path(package["manifest_path"]).parent
    found = [p for p in folder.iterdir() if p.is_file() and TEXTS.search(p.name) and p.suffix != ".rs"]
    found += [p for p in folder.glob("LICENSES/*") if p.is_file()]
    return [(p.name, p.read_text(encoding="utf-8", errors="replace").strip()) for p in sorted(found)]


def licences(packages, others):
    """Who has which licence, then each text once, under the names of all that bring it."""
    lines = ["本文件列出程序里带的全部开源组件和它们的许可证，原文附后。",
             "All open source components within the program and their licences; the texts follow.", ""]
    owners, without = {}, []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        lines.append(f"{name}  {package['license']}")
        brought = texts(package)
        for file, text in brought:
            # Same words, other line ends or margins: the same text.
            kept = owners.setdefault(" ".join(text.split()), (text, []))
            kept[1].append(f"{name} ({file})")
        if not brought:
            without.append(name)
    lines += [f"{name}  {licence}" for name, licence in others]
    if without:
        lines += ["", "没有随附原文的（以上面写明的许可证为准）/ Without a text of their own (the licence named above holds):",
                  ", ".join(without)]
    for text, names in owners.values():
        lines += ["", "=" * 79, *names, "=" * 79, "", text]
    return "\n".join(lines) + "\n"


def main():
    out, targets = pathlib.Path(sys.argv[1]), sys.argv[2:]
    everybody, others = {}, {}
    for target in targets:
        root, packages, needs = linked(target)
        file = out / f"wengao-{root['version']}-{target}.cdx.json"
        file.write_text(json.dumps(bill(target, root, packages, needs), indent=1, ensure_ascii=False) + "\n", "utf-8")
        everybody.update((purl(p), p) for p in packages if p is not root)
        others.update(along(target))
        print(f"{file.name}: {len(packages) - 1} crates")
    wrong = [f"{key}: {p['license']}" for key, p in sorted(everybody.items())
             if not p["license"] or not allowed(p["license"])]
    if wrong:
        sys.exit("许可证不在准许之列 / licences that are not on the list:\n" + "\n".join(wrong))
    packages = [p for _, p in sorted(everybody.items())]
    (out / "LICENCES.txt").write_text(licences(packages, sorted(others.items())), "utf-8")
    print(f"LICENCES.txt: {len(packages)} crates")


main()
