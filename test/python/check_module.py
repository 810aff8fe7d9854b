#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_module.py SOURCE BUILD BLOB

What check_oracle.py does not ask: does the Python module declare what the
header does, is it safe with odd arguments, closed registries and threads, and
is all of it described and typed?"""

import contextlib
import copy
import ctypes
import doctest
import enum
import gc
import inspect
import os
import pathlib
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock
import venv

import ianaport

SOURCE, BUILD, BLOB = map(pathlib.Path, sys.argv[1:])
MODULE = SOURCE / "python/ianaport.py"
PROTOS = {"tcp": 6, "udp": 17, "dccp": 33, "sctp": 132}
ENUMS = {"RANGE": ianaport.Range, "STATUS": ianaport.Status,
         "E": ianaport.Reason}

# Functions that the module does without.
LEFT_OUT = re.compile(r"iana_(registry_)?(get(serv|addr|name)|setserv|endserv)"
                      r"|iana_format_port$")


def run(*command, **how):
    return subprocess.run(command, capture_output=True, text=True, **how)


def python(code, **environment):
    environment = {**os.environ, **environment}
    return run(sys.executable, "-c", code, env=environment)


class Header(unittest.TestCase):
    def test_every_function_is_declared(self):
        exported = set(re.findall(r"\biana_\w+",
                                  (SOURCE / "lib/ianaport.map").read_text()))
        declared = {f"iana_{name}" for name, *_ in ianaport._prototypes()}
        self.assertEqual(declared,
                         {f for f in exported if not LEFT_OUT.match(f)})

    def test_constants_and_members_are_those_of_the_compiler(self):
        wanted = {f"IANA_{prefix}_{member.name}": member.value
                  for prefix, members in ENUMS.items() for member in members}
        wanted |= {f"IANA_{flag.name}": flag.value for flag in ianaport.Flag}
        wanted |= {"IANA_PROTO_ANY": ianaport.ANY,
                   "IANA_PROTO_NONE": ianaport.NONE,
                   "IANA_PROTO_UNKNOWN": ianaport._UNKNOWN,
                   "sizeof(struct iana_service)":
                   ctypes.sizeof(ianaport._Service)}
        for name, _ in ianaport._Service._fields_:
            member = getattr(ianaport._Service, name)
            wanted[f"offsetof(struct iana_service, {name})"] = member.offset
        self.assertEqual(self.compiled(wanted), wanted)

    def test_no_enumerator_is_missing(self):
        header = (SOURCE / "include/ianaport.h").read_text()
        for prefix, members in ENUMS.items():
            named = re.findall(rf"^\tIANA_{prefix}_(\w+)", header, re.M)
            self.assertEqual(named, [member.name for member in members])

    def compiled(self, expressions):
        prints = "\n".join(f'printf("%d\\n", (int)({expression}));'
                           for expression in expressions)
        with tempfile.TemporaryDirectory() as work:
            program = pathlib.Path(work, "program")
            run("cc", "-x", "c", "-", f"-I{SOURCE / 'include'}",
                f"-I{BUILD / 'include'}", "-o", program, check=True,
                input="#include <ianaport.h>\n#include <stdio.h>\n"
                      f"int main(void) {{ {prints} }}")
            values = run(program, check=True).stdout.split()
        return dict(zip(expressions, map(int, values)))


class Arguments(unittest.TestCase):
    def test_protocol_is_a_number_or_a_name(self):
        for name, number in PROTOS.items():
            self.assertEqual(ianaport.proto_number(name), number)
            self.assertEqual(ianaport.proto_name(number), name)
            self.assertEqual(ianaport.services_on(443, name),
                             ianaport.services_on(443, number))
        for proto in "TCP", "ddp", "", "tcp\0", 1, 256 + 6, 2**32 + 6, -2**64:
            self.assertEqual(ianaport.services_on(443, proto), [], proto)
            self.assertEqual(ianaport.port_status(443, proto),
                             ianaport.Status.INVALID)
        self.assertIsNone(ianaport.proto_number("ddp"))
        self.assertIsNone(ianaport.proto_name(1))

    def test_large_number_is_no_port(self):
        for port in 2**16 + 443, 2**32 + 443, 2**64 + 443, -2**32 + 443, -1:
            self.assertIsNone(ianaport.name_of(port))
            self.assertEqual(ianaport.services_on(port), [])
            self.assertEqual(ianaport.format_port(port), "")
            self.assertEqual(ianaport.port_range(port), ianaport.Range.INVALID)

    def test_what_is_like_an_int_is_one(self):
        """As numpy's integers are, which ctypes refuses."""
        class Like:
            def __init__(self, number):
                self.number = number

            def __index__(self):
                return self.number

        for port in 443, 50000, 65536:
            self.assertEqual(ianaport.services_on(Like(port), Like(6)),
                             ianaport.services_on(port, 6))
            self.assertEqual(ianaport.format_port(Like(port)),
                             ianaport.format_port(port))
        self.assertEqual(ianaport.format_port(False), "0")

    def test_text_that_c_does_not_have_is_not_found(self):
        for name in "https\0", "https\0x", "\0", "https\ud800", "https\udcff":
            self.assertIsNone(ianaport.port_of(name))
            self.assertIsNone(ianaport.resolve(name))
            self.assertFalse(ianaport.name_is_valid(name))

    def test_other_types_are_refused(self):
        for call in (lambda: ianaport.name_of("443"),
                     lambda: ianaport.name_of(443.0),
                     lambda: ianaport.name_of(443, 6.0),
                     lambda: ianaport.name_of(443, None)):
            self.assertRaises(TypeError, call)
        self.assertRaises(AttributeError, ianaport.port_of, b"https")

    def test_nothing_changes_a_service(self):
        service = ianaport.services_on(443)[0]
        with self.assertRaises(AttributeError):
            service.port = 444


class Refusals(unittest.TestCase):
    def assert_error(self, reason, data):
        with self.assertRaises(ianaport.Error) as caught:
            ianaport.Registry.open_memory(data)
        self.assertEqual(caught.exception.code, reason)
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((again.code, str(again)),
                         (reason, str(caught.exception)))
        return str(again)

    def test_error_has_the_librarys_text(self):
        good = BLOB.read_bytes()
        self.assertEqual(self.assert_error(ianaport.Reason.MAGIC, b"no" * 99),
                         "not a registry of libianaport")
        self.assert_error(ianaport.Reason.SIZE, good[:-1])
        self.assert_error(ianaport.Reason.CHECKSUM, good[:-1] + b"\x7f")

    def test_file(self):
        with self.assertRaises(FileNotFoundError) as caught:
            ianaport.Registry("/nonexistent/registry")
        self.assertEqual(caught.exception.filename, "/nonexistent/registry")
        with self.assertRaises(ianaport.Error) as caught:
            ianaport.Registry(SOURCE)
        self.assertEqual(caught.exception.code, ianaport.Reason.FILE)
        self.assertRaises(ValueError, ianaport.Registry, f"{BLOB}\0")

    @unittest.skipIf(os.path.exists(ianaport.system_path()), "host has one")
    def test_host_without_a_registry(self):
        with self.assertRaises(FileNotFoundError) as caught:
            ianaport.Registry.open_system()
        self.assertEqual(caught.exception.filename, ianaport.system_path())

    def test_no_library(self):
        done = python("import ianaport", IANAPORT_LIBRARY="/nonexistent.so")
        self.assertIn("ImportError: /nonexistent.so: ", done.stderr)

    def test_another_library(self):
        done = python("import ianaport", IANAPORT_LIBRARY="libc.so.6")
        self.assertRegex(done.stderr, "\nImportError: .*iana_")


class Lifetime(unittest.TestCase):
    def setUp(self):
        closed = unittest.mock.patch.object(ianaport, "_close",
                                            wraps=ianaport._close)
        self.close = closed.start()
        self.addCleanup(closed.stop)

    def assert_freed(self, times):
        gc.collect()
        self.assertEqual(self.close.call_count, times)

    def test_registry_ends_with_its_last_service(self):
        with ianaport.Registry(BLOB) as registry:
            first, *_ = registry.services_named("nfsd", "tcp")
            enumeration = registry.services()
        self.assertEqual(first.alias_of().name, "nfs")
        self.assertEqual(len([*enumeration]), len([*ianaport.services()]))
        del enumeration, registry
        self.assert_freed(0)
        head = first.alias_of()
        del first
        self.assert_freed(0)
        self.assertNotEqual(head.registered + head.reference + head.contact, "")
        del head
        self.assert_freed(1)

    def test_closed_registry_answers_nothing(self):
        registry = ianaport.Registry(os.fsencode(BLOB))
        registry.close()
        registry.close()
        self.assert_freed(1)
        for name, method in inspect.getmembers(registry, inspect.ismethod):
            if name in ianaport.__all__:
                arguments = [0] * len(inspect.signature(method).parameters)
                if name in ("port_of", "resolve", "services_named"):
                    arguments[0] = "https"
                self.assertRaises(ValueError, method, *arguments)

    def test_memory_is_kept_and_cannot_be_changed(self):
        data = bytearray(BLOB.read_bytes())
        registry = ianaport.Registry.open_memory(data)
        data[:] = bytes(len(data))
        del data
        gc.collect()
        self.assertEqual([*map(str, registry.services_on(443))],
                         [*map(str, ianaport.services_on(443))])

    def test_registry_is_not_copied(self):
        """The copy would have a pointer that nothing keeps valid."""
        with ianaport.Registry(BLOB) as registry:
            for thing in registry, registry.services_on(443)[0]:
                for how in copy.deepcopy, pickle.dumps:
                    self.assertRaisesRegex(TypeError, "a registry can be neither",
                                           how, thing)
            self.assertEqual(copy.copy(registry).port_of("https"), 443)

    def test_built_in_registry_stays_open(self):
        with ianaport.BUILTIN:
            pass
        ianaport.BUILTIN.close()
        self.assertEqual(ianaport.port_of("https"), 443)

    def test_services_of_two_registries_differ(self):
        with ianaport.Registry(BLOB) as registry:
            mine, again = (registry.services_on(443) for _ in range(2))
        self.assertEqual(mine, again)
        self.assertEqual({*mine}, {*again})
        self.assertEqual(len({*mine, *ianaport.services_on(443)}), 2 * len(mine))


class Threads(unittest.TestCase):
    def test_close_while_others_ask(self):
        """Each answer is right, or the registry is closed."""
        shared, wrong, asked = [ianaport.Registry(BLOB)], [], [0] * 4
        done = threading.Event()

        def ask(n):
            while not done.is_set():
                with contextlib.suppress(ValueError):
                    service = shared[0].services_named("nfs", "tcp")[0]
                    if (service.port != 2049 or not service.contact
                            or shared[0].name_of(53, "udp") != "domain"):
                        wrong.append(service)
                    asked[n] += 1

        threads = [threading.Thread(target=ask, args=[n]) for n in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(300):
            before, shared[0] = shared[0], ianaport.Registry(BLOB)
            before.close()
        done.set()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])
        self.assertGreater(min(asked), 0)


class Words(unittest.TestCase):
    def members(self):
        for name in ianaport.__all__:
            thing = getattr(ianaport, name)
            yield name, thing
            if inspect.isclass(thing):
                for member in vars(thing).values():
                    if isinstance(member, (classmethod, property)):
                        member = getattr(member, "fget", None) or member.__func__
                    if (inspect.isfunction(member)
                            and not member.__name__.startswith("_")):
                        yield f"{name}.{member.__name__}", member

    def test_everything_is_described(self):
        names = [name for name, _ in self.members()]
        self.assertGreater(len(names), 45)
        for name, thing in self.members():
            if callable(thing):
                self.assertTrue(thing.__doc__, name)
        source = MODULE.read_text()
        for constant in re.findall(r"^(?:    )?([A-Z]+) = .*$", source, re.M):
            self.assertRegex(source, rf'(?m)^ *{constant} = .*\n *"""')

    def test_everything_is_typed(self):
        for name, thing in self.members():
            if not callable(thing) or inspect.isclass(thing):
                continue
            signature = inspect.signature(thing)
            self.assertNotEqual(signature.return_annotation,
                                inspect.Signature.empty, name)
            for parameter in signature.parameters.values():
                if parameter.name not in ("self", "cls"):
                    self.assertNotEqual(parameter.annotation,
                                        inspect.Parameter.empty, name)

    def test_all_is_sorted_and_complete(self):
        public = {name for name, thing in vars(ianaport).items()
                  if not name.startswith("_") and not inspect.ismodule(thing)
                  and getattr(thing, "__module__", "ianaport") == "ianaport"}
        self.assertEqual(ianaport.__all__, sorted(public - {"annotations"}))

    def test_examples(self):
        self.assertEqual(doctest.testmod(ianaport).failed, 0)
        readme = (SOURCE / "README.md").read_text()
        example = re.search("```python\n(.*?)```", readme, re.S)[1]
        test = doctest.DocTestParser().get_doctest(example, {}, "README", None,
                                                   None)
        self.assertGreater(len(test.examples), 2)
        self.assertEqual(doctest.DocTestRunner().run(test).failed, 0)

    @unittest.skipUnless(shutil.which("mypy"), "no mypy")
    def test_types_are_consistent(self):
        done = run("mypy", "--strict", "--no-incremental",
                   "--cache-dir", os.devnull, MODULE)
        self.assertEqual(done.returncode, 0, done.stdout)


class Installed(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--tags",
            "python-runtime", "--destdir", work.name, check=True)
        [module] = pathlib.Path(work.name).rglob("ianaport.py")
        self.root, self.site = pathlib.Path(work.name), module.parent

    def test_its_tag_installs_the_module_and_its_types(self):
        files = [p for p in self.root.rglob("*") if p.is_file()]
        self.assertEqual({str(p.relative_to(self.site)) for p in files},
                         {"ianaport.py", "ianaport-stubs/__init__.pyi"})

    @unittest.skipUnless(shutil.which("mypy"), "no mypy")
    def test_types_are_found(self):
        """A virtual environment, to which the module was installed."""
        venv.create(self.root / "venv")
        [site] = (self.root / "venv").glob("lib/python3*/site-packages")
        shutil.copytree(self.site, site, dirs_exist_ok=True)
        for port, status in ("443", 0), ('"https"', 1):
            program = self.root / "program.py"
            program.write_text("import ianaport\n"
                               f"name: str | None = ianaport.name_of({port})\n")
            done = run("mypy", "--strict", "--no-incremental",
                       "--cache-dir", os.devnull, "--python-executable",
                       self.root / "venv/bin/python3", program)
            self.assertEqual(done.returncode, status, done.stdout)

    def test_library_is_found_by_its_soname(self):
        done = python("import ianaport, os; print(ianaport.port_of('https'))",
                      IANAPORT_LIBRARY="", LD_LIBRARY_PATH=str(BUILD / "lib"))
        self.assertEqual((done.stdout, done.stderr), ("443\n", ""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
