#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Seeds defects into the library and the compiler, one at a time: does a quick
test reject each?

    mutate.py SOURCE WORK [--count N] [--seed N] [--only REGEX] [--part K/N]
        [--resume]

SOURCE is the tree, and WORK a directory for a copy of it, its build and
results.txt. Defects are made by rule in function bodies, and drawn by a seed,
as many of each rule in the library as in the compiler. A defect that does not
compile is none. One that gives the same code, or that SOURCE/test/mutants.txt
lists with a reason, is equivalent. Each other one must fail a test; those run
first that take little time for each defect of the file that they rejected
before. What they all pass is tried with the sanitizers, too, as .ci/run does.
--part takes every Nth defect from the Kth on.
--resume tries only what results.txt does not have, and what survived."""

import argparse
import collections
import hashlib
import itertools
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys

# By the folder of a file: what is built, and the tests that reject; "unit" is a
# suite. A test may need something else to be built anew.
LIBRARY = "lib/libianaport.so.0.1.0"
COMPILER = "registry/compiler/ianaport-compile"
LIBRARY_TESTS = ["unit", "differential", "oracle", "oracle-status"]
COMPILER_TESTS = ["differential", "overlay", "blob", "faults", "files", "compiler"]
GROUPS = {
    "lib/nss/": ("lib/nss/libnss_ianaport.so.2", ["nss", "system"]),
    "lib/preload/": ("lib/preload/libianaport-preload.so",
                     ["preload", "system"]),
    "lib/load/once.c": ("lib/nss/libnss_ianaport.so.2", ["system", "nss"]),
    "lib/load/system.c": (LIBRARY, ["unit", "system"]),
    "lib/load/": (LIBRARY, ["unit", "differential", "corrupt"]),
    "lib/netdb/": (LIBRARY, LIBRARY_TESTS),
    "lib/": (LIBRARY, [*LIBRARY_TESTS, "corrupt"]),
    "registry/compiler/": (COMPILER, COMPILER_TESTS),
}
BUILT = {"corrupt": ["test/blob/registry_ask"],
         "failures": ["test/unit/check_failures"],
         "first": ["test/unit/check_first"],
         "format": ["test/unit/check_format"],
         "addrinfo_order": ["test/unit/check_addrinfo_order"],
         "system": ["lib/nss/libnss_ianaport.so.2", "tool/ianaport",
                    "lib/preload/libianaport-preload.so"]}
SPLIT = "compiler", "files", "overlay"    # each class of them is a test
SANITIZERS = "-Db_sanitize=address,undefined", "-Db_lundef=false"
# As `meson test` and .ci/run have it: fresh memory is not zero.
ENVIRONMENT = {"CK_FORK": "no", "MALLOC_PERTURB_": "85",
               "UBSAN_OPTIONS": "halt_on_error=1"}
FAIL_FAST = """
import runpy, sys, unittest
main = unittest.main
unittest.main = lambda *args, **more: main(*args, **more, failfast=True)
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""

# ---- Defects ----------------------------------------------------------------

OPERATORS = {
    "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
    "*": "+", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|", "|": "&",
    "^": "|", "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=", "++": "--",
    "--": "++"}
BOUNDS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
BINARY = re.compile(r"(?<=\s)([-+*/%&|^<>=!]=|&&|\|\||<<|>>|[-+*/%&|^<>])"
                    r"(?=\s)|(\+\+|--)|(?<![\w)\]])(!)(?=[\w(*])")
NUMBER = re.compile(r"(?<![\w.])(0x[0-9a-f]+|\d+)(?=u?\b)")
STATEMENT = re.compile(
    r"^\t+(?!(const|struct|enum|unsigned|int|long|size_t|ssize_t|uint\w+|char"
    r"|static|bool|FILE|void|int\w+_t|case|default|goto|mode_t|xml\w+) )"
    r"[\w*(][^{}]*;\s*$")
ARGUMENT = r"([&*]*[A-Za-z_][\w.>\[\]-]*)"
CALL = re.compile(rf"\b(?!if|for|while|sizeof)\w+\({ARGUMENT}, {ARGUMENT}"
                  r"(?=[,)])")
HIDDEN = re.compile(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])+\'|/\*.*?\*/', re.S)


def functions(text):
    """The lines of each function's body, by number, and its name."""
    name, inside = None, False
    for number, line in enumerate(text.split("\n")):
        start = re.match(r"(\w+)\(", line)
        if start and not inside:
            name = start[1]
        if line == "{":
            inside = True
        elif line.startswith("}"):
            inside = False
        elif inside and not line.startswith("#"):
            yield number, name


def edits(line, before, whole):
    """(rule, start, end, replacement) of a line; `line` and the line before it
    are without texts and comments, and the whole one has them."""
    for m in BINARY.finditer(line):
        if m[3]:
            yield "operator", *m.span(3), ""
        elif (m[1] or m[2]) in OPERATORS:
            yield "operator", *m.span(), OPERATORS[m[0]]
        elif m[1] in BOUNDS:
            yield "bound", *m.span(), BOUNDS[m[1]]
    for m in NUMBER.finditer(line):
        base, form = (16, "{:#x}") if m[1].startswith("0x") else (
            (8, "0{:o}") if re.match("0.", m[1]) else (10, "{}"))
        value = int(m[1], base)
        yield "constant", *m.span(1), form.format(value + 1)
        if value:
            yield "constant", *m.span(1), form.format(value - 1)
    if STATEMENT.match(line) and re.search(r"([;{})]|else|:|^)$", before):
        start = len(line) - len(line.lstrip())
        yield "statement", start, len(line.rstrip()), ";"
    for m in CALL.finditer(line):
        if m[1] != m[2]:
            a, b = (whole[slice(*m.span(i))] for i in (1, 2))
            yield "arguments", m.start(1), m.end(2), f"{b}, {a}"


class Defect:
    def __init__(self, path, function, number, line, edit):
        self.path, self.function, self.number = path, function, number
        self.rule, start, end, new = edit
        self.old, self.new = line, line[:start] + new + line[end:]

    def key(self):
        """Stays the same where lines move."""
        return (self.path, self.function, " ".join(self.old.split()),
                " ".join(self.new.split()))

    def __str__(self):
        path, function, old, new = self.key()
        return f"{path} {function}\n-\t{old}\n+\t{new}\n"


def defects(source, path):
    text = source.joinpath(path).read_text()
    code = HIDDEN.sub(lambda m: re.sub("[^\n]", "_" if m[0][0] != "/" else " ",
                                       m[0]), text).split("\n")
    lines = text.split("\n")
    for number, function in functions("\n".join(code)):
        for edit in edits(code[number], code[number - 1].rstrip(),
                          lines[number]):
            yield Defect(path, function, number, lines[number], edit)


def draw(source, seed):
    """All defects, in turn of each rule in each half."""
    halves = [sorted(str(path.relative_to(source)) for path in files)
              for files in (source.glob("lib/*/*.[ch]"),
                            source.glob("registry/compiler/*.[ch]"))]
    piles = {}
    for half, paths in enumerate(halves):
        for defect in itertools.chain(*(defects(source, p) for p in paths)):
            piles.setdefault((defect.rule, half), []).append(defect)
    for pile in piles.values():         # whatever else changes, it stays
        pile.sort(key=lambda d: hashlib.sha256(f"{seed} {d}".encode()).digest())
    for turn in itertools.zip_longest(*(p for _, p in sorted(piles.items()))):
        yield from filter(None, turn)


def read_equivalents(path):
    """Reasons by key; the format is that of results."""
    found = {}
    for block in re.sub("^#.*\n", "", path.read_text(),
                        flags=re.M).split("\n\n"):
        lines = block.strip("\n").split("\n")
        if len(lines) < 4:
            continue
        where = lines[0].split()
        old, new = (" ".join(line[1:].split()) for line in lines[1:3])
        found[(*where, old, new)] = " ".join(lines[3:])[2:]
    return found


# ---- Tests ------------------------------------------------------------------

def processor_time():
    """Of what was started, which does not depend on other processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Bench:
    """A copy of the tree with a build, in which one defect at a time is."""

    def __init__(self, source, work, name, *options):
        self.source, self.tree, self.build = source, work / "src", work / name
        self.copy()
        if not self.build.joinpath("build.ninja").exists():
            self.must("meson", "setup", self.build, self.tree,
                      "-Doptimization=2", "-Ddebug=false", *options,
                      "-Dc_args=-Werror=int-conversion"
                      " -Werror=incompatible-pointer-types"
                      " -Werror=return-type")
        self.must("ninja", "-C", self.build, "build.ninja")
        self.tests = {t["name"]: t for t in json.loads(subprocess.run(
            ["meson", "introspect", "--tests", self.build], check=True,
            capture_output=True).stdout)}
        self.groups = {folder: (target, self.expand(tests))
                       for folder, (target, tests) in GROUPS.items()}
        self.compiler_tests = self.expand(COMPILER_TESTS)
        targets = {target for target, _ in self.groups.values()}
        self.must("ninja", "-C", self.build, *targets, *self.needed())
        self.questions = work / "questions"
        with open(self.questions, "wb") as f:
            subprocess.run(self.tests["oracle"]["cmd"][3:], stdout=f,
                           check=True, cwd=self.build)
        self.sums = {target: self.sum(target) for target in targets}
        self.takes = self.time_all(self.build / "takes.json")
        self.rejected = collections.Counter()   # by file and test

    def expand(self, tests):
        units = [name for name, test in self.tests.items()
                 if any(suite.endswith(":unit") for suite in test["suite"])]
        return [name for test in tests
                for name in (units if test == "unit" else self.split(test)
                             if test in SPLIT else [test])
                if name.split()[0] in self.tests]   # or need no sanitizers

    def split(self, test):
        text = pathlib.Path(self.tests[test]["cmd"][1]).read_text("utf-8")
        return [f"{test} {case}" for case in
                re.findall(r"(?m)^class (\w+)\(\w*Case\)", text)]

    def time_all(self, cache):
        """How long each test takes; they are run anew if the code changes."""
        key = "".join(sorted(sum.hex() for sum in self.sums.values()))
        old, takes = json.loads(cache.read_text()) if cache.exists() else (
            key, {})
        tests = {test for _, tests in self.groups.values() for test in tests}
        takes = {test: takes[test] if test in takes and old == key
                 else self.time(test) for test in sorted(tests)}
        cache.write_text(json.dumps([key, takes]))
        return takes

    def copy(self):
        """Only what differs, for ninja's sake."""
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=self.source,
                                capture_output=True, check=True, text=True)
        for name in listed.stdout.split("\0")[:-1]:
            old, new = self.source / name, self.tree / name
            new.parent.mkdir(parents=True, exist_ok=True)
            if not new.exists() or new.read_bytes() != old.read_bytes():
                shutil.copy(old, new)

    @staticmethod
    def must(*command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def needed(self):
        """Targets of the tests, by their files."""
        files = {t["id"]: t["filename"] for t in json.loads(subprocess.run(
            ["meson", "introspect", "--targets", self.build], check=True,
            capture_output=True).stdout)}
        names = {name for _, tests in self.groups.values() for name in tests}
        return sorted({pathlib.Path(file).relative_to(self.build).as_posix()
                       for name in names
                       for target in self.tests[name.split()[0]]["depends"]
                       for file in files[target]})

    def sum(self, target):
        data = self.build.joinpath(target).read_bytes()
        return hashlib.sha256(data).digest()

    def time(self, test):
        start = processor_time()
        self.check(test, 100)
        return processor_time() - start

    def limit(self, test):
        return 3 + int(4 * self.takes[test])

    def check(self, test, seconds):
        if not self.passes(test, seconds):
            sys.exit(f"mutate: {test} fails without a defect")

    def check_again(self):
        """What rejected defects still rejects nothing else."""
        self.must("ninja", "-C", self.build, *self.needed())
        for test in {test for _, test in self.rejected}:
            self.check(test, self.limit(test))

    def command(self, name):
        name, *case = name.split()
        command = [*self.tests[name]["cmd"], *case]
        if name == "oracle":
            return [*command[:3], "cat", self.questions]
        if name == "differential":
            return [*command, "--count", "60", "--first"]
        if command[1:] and command[1].endswith(".py"):
            return [command[0], "-c", FAIL_FAST, *command[1:]]
        return command

    def passes(self, name, seconds):
        def limit():                    # what the test starts may have more
            _, most = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))

        test = self.tests[name.split()[0]]
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **ENVIRONMENT,
               **test["env"]}
        with subprocess.Popen(
                self.command(name), cwd=test["workdir"] or self.build,
                env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, preexec_fn=limit,
                start_new_session=True) as process:
            try:
                return process.wait(600) == 0
            except subprocess.TimeoutExpired:
                subprocess.run(["kill", "-9", "--", f"-{process.pid}"],
                               check=False)
                return False

    def ninja(self, *targets):
        """What went wrong; 0 if nothing did."""
        done = subprocess.run(["ninja", "-C", self.build, *targets],
                              capture_output=True, check=False)
        return done.returncode and (
            "compilation" if b" error: " in done.stdout else "build")

    def try_defect(self, defect):
        """What rejects it; "" if nothing does. Where it makes no difference,
        or does not even compile, that."""
        target, tests = next(group for folder, group in self.groups.items()
                             if defect.path.startswith(folder))
        if defect.path.startswith("lib/format/"):
            tests = {*tests, *self.compiler_tests}
        file = self.tree / defect.path
        text = file.read_text()
        lines = text.split("\n")
        lines[defect.number] = defect.new
        file.write_text("\n".join(lines))
        try:
            failed = self.ninja(target)
            if failed:
                return failed
            if self.sum(target) == self.sums[target]:
                return "same code"
            for test in sorted(tests, key=lambda test: self.takes[test] / (
                    1 + self.rejected[defect.path, test])):
                if test in BUILT and self.ninja(*BUILT[test]):
                    return "build"
                if not self.passes(test, self.limit(test)):
                    self.rejected[defect.path, test] += 1
                    return test
            return ""
        finally:
            file.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=320)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    source, work = args.source.resolve(), args.work.resolve()
    equivalent = read_equivalents(source / "test/mutants.txt")
    results = work / "results.txt"
    done = {}
    if args.resume and results.exists():
        done = {key: by for key, by in read_equivalents(results).items()
                if by not in ("SURVIVES", "listed")}
    part, parts = map(int, args.part.split("/"))
    bench, start = Bench(source, work, "build"), processor_time()
    sanitized = None                    # until something survives
    counts = {"killed": 0, "equivalent": 0, "same code": 0, "survived": 0}
    with open(results, "w") as log:
        for defect in itertools.islice(draw(source, args.seed), part - 1,
                                       None, parts):
            key = defect.key()
            if sum(counts.values()) == args.count:
                break
            if not re.match(args.only, defect.path):
                continue
            by = ("listed" if key in equivalent else done.get(key)
                  or bench.try_defect(defect))
            if by == "":
                sanitized = sanitized or Bench(source, work, "sanitized",
                                               *SANITIZERS)
                by = sanitized.try_defect(defect) and "sanitizers"
            if by == "compilation":
                continue
            counts["equivalent" if by == "listed" else "same code"
                   if by == "same code" else "killed" if by else
                   "survived"] += 1
            log.write(f"{defect}=\t{by or 'SURVIVES'}\n\n")
            log.flush()
            if not by:
                print(f"survives: {defect}", flush=True)
    for used in filter(None, (bench, sanitized)):
        used.check_again()
    print(f"mutate: {sum(counts.values())} defects: " + ", ".join(
        f"{n} {what}" for what, n in counts.items())
        + f"; {processor_time() - start:.0f} s of a processor")
    return 1 if counts["survived"] or not counts["killed"] else 0


if __name__ == "__main__":
    sys.exit(main())
