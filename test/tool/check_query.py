#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_query.py IANAPORT COMPILER REGISTRY.xml

What a person types for a service or a port, and in which forms it is
answered."""

import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import unittest

from command import TOOL, answer, ask, on_terminal, seconds_to_miss

COMPILER, REGISTRY = sys.argv[1:]
del sys.argv[1:]


def rows(*queries):
    return [line.split() for line in answer(*queries).splitlines()]


def places(*queries):
    """Name and port of each row."""
    return [" ".join(row[:2]) for row in rows(*queries)]


HTTPS = ["https 443/tcp", "https 443/udp", "https 443/sctp"]


class Forms(unittest.TestCase):
    """Each form of a query."""

    def test_name_is_every_protocol(self):
        self.assertEqual(answer("https"), """\
https  443/tcp   -  System Ports  assigned  IANA
https  443/udp   -  System Ports  assigned  IANA
https  443/sctp  -  System Ports  assigned  IANA
https  -/tcp     -  -             -         IANA
""")

    def test_port_is_every_service(self):
        self.assertEqual(places("443"), HTTPS)
        self.assertEqual(places("2049"), ["nfs 2049/tcp", "nfs 2049/udp",
                                          "nfs 2049/sctp", "shilp 2049/tcp",
                                          "shilp 2049/udp"])

    def test_protocol_before_or_behind_in_any_case(self):
        for query in "443/tcp", "443/TCP", "tcp/443", "TCP/443", "tcp:443":
            self.assertEqual(places(query), HTTPS[:1], query)
        for query in "domain/UDP", "Udp/domain", "DOMAIN/udp", "udp:domain":
            self.assertEqual(places(query), ["domain 53/udp"], query)
        self.assertEqual(places("SCTP/http?"), HTTPS[2:])

    def test_range_is_its_services_and_the_ports_between(self):
        self.assertEqual(answer("4-7/tcp"), """\
-     4/tcp  -  System Ports  unassigned  -
rje   5/tcp  -  System Ports  assigned    IANA
-     6/tcp  -  System Ports  unassigned  -
echo  7/tcp  -  System Ports  assigned    IANA
""")
        self.assertEqual(answer("tcp/49148-49160"), """\
-         49148-49149/tcp  -  User Ports     unassigned  -
inspider  49150/tcp        -  User Ports     assigned    IANA
-         49151/tcp        -  User Ports     reserved    -
-         49152-49160/tcp  -  Dynamic Ports  dynamic     -
""")
        self.assertEqual(ask("1023-1025/dccp")[1], """\
-  1023/dccp       -  System Ports  unassigned  -
-  1024-1025/dccp  -  User Ports    unassigned  -
""")
        self.assertEqual(ask("61000-65535"), (
            1, "-  61000-65535  -  Dynamic Ports  dynamic  -\n", ""))

    def test_range_of_a_registry_without_text(self):
        with tempfile.TemporaryDirectory() as folder:
            blob = os.path.join(folder, "blob")
            subprocess.run([COMPILER, "--no-details", "--blob", blob,
                            REGISTRY], check=True)
            for query in "3-4/tcp", "49140-49160/tcp":
                self.assertEqual(ask("-r", blob, query), ask(query))

    def test_range_that_a_service_started_before(self):
        self.assertEqual(places("6062-6063/tcp"), ["x11 6000-6063/tcp"])
        self.assertEqual(places("6000-6063/udp"), ["x11 6000-6063/udp"])

    def test_glob_is_names_and_aliases_in_any_case(self):
        self.assertEqual(places("HTT?S/tcp"), HTTPS[:1] + ["https -/tcp"])
        self.assertEqual(places("ww[w]/tcp"), ["http 80/tcp"])
        self.assertEqual(places("nfs*/sctp"), ["nfs 2049/sctp",
                                               "nfsrdma 20049/sctp"])
        self.assertEqual(ask("*nonesuch*"), (
            1, "", "ianaport: *nonesuch*: no such service or port\n"))

    def test_dns_sd(self):
        for query in "_https._tcp", "_HTTPS._TCP.example.org", "_https._tcp.":
            self.assertEqual(places(query), HTTPS[:1] + ["https -/tcp"], query)

    def test_host_and_port(self):
        for query in (":443", "example.org:443", "[::1]:443", "10.0.0.1:443",
                      "*:443"):
            self.assertEqual(places(query), HTTPS, query)
        self.assertEqual(places("udp/example.org:53"), ["domain 53/udp"])
        self.assertEqual(places("example.org:ssh/sctp"), ["ssh 22/sctp"])

    def test_url(self):
        self.assertEqual(places("https://example.org/a/tcp?b:1#c"),
                         HTTPS + ["https -/tcp"])
        for query in ("http://example.org:443/", "x://a:b@[::1]:443?c",
                      "x://a:1@host:443#:2"):
            self.assertEqual(places(query), HTTPS, query)
        self.assertEqual(places("udp://example.org:53"), ["domain 53/udp"])
        self.assertEqual(places("http://[::1]/sctp")[2], "http 80/sctp")

    def test_aliases_stand_with_their_service(self):
        http = "http  80/tcp  www,www-http  System Ports  assigned  IANA\n"
        for query in "80/tcp", "www/tcp", "HTTP/tcp":
            self.assertEqual(answer(query)[:len(http)], http)
        self.assertEqual(answer("WhoIs"), "nicname  43/tcp  whois*  "
                         "System Ports  assigned  IANA\n")

    def test_services_that_share_a_port_are_all_shown(self):
        self.assertEqual([row[0] for row in rows("5349/udp")],
                         ["stuns", "turns", "stun-behaviors"])

    def test_missing_parts_are_hyphens(self):
        self.assertEqual(places("boe-cms")[0], "boe-cms 6400/-")
        for query in "6400/-", "boe-cms/-", "6399-6401/-", "BOE-CM?/-":
            self.assertEqual(
                [row[:2] for row in map(str.split, ask(query)[1].splitlines())
                 if row[0] == "boe-cms"], [["boe-cms", "6400/-"]], query)
        self.assertEqual(ask("443/-")[:2], (
            1, "-  443/-  -  System Ports  unassigned  -\n"))
        self.assertEqual(rows("rdp"), [["rdp", "-", "-", "-", "-", "IANA"]] * 2)

    def test_exact_name_goes_before_every_other_meaning(self):
        self.assertEqual(places("cl/1/tcp"), ["cl-1 172/tcp"])
        self.assertEqual(places("whois++/tcp"), ["whoispp 63/tcp"])
        self.assertEqual(places("sql*net/tcp"), ["sql-net 66/tcp"])

    def test_options_stand_anywhere(self):
        for words in (["--port", "https"], ["https", "--port"],
                      ["https", "--po"], ["--port", "--", "https"]):
            self.assertEqual(answer(*words), "443\n")
        self.assertEqual(ask("--", "--tsv")[::2], (
            1, "ianaport: --tsv: no such service or port\n"))

    def test_service_that_is_called_like_a_subcommand(self):
        self.assertEqual(places("--", "search"), ["search 2010/tcp"])
        self.assertEqual(answer("--port", "--", "search"), "2010\n")
        self.assertEqual(answer("--port", "ssh", "search"), "22\n2010\n")

    def test_subcommand_behind_a_query(self):
        for words, name in (["ssh", "list"], "list"), (["--", "free"], "free"):
            self.assertEqual(ask("--port", *words)[::2], (
                1, f"ianaport: {name}: no such service or port; "
                "as a subcommand, it comes first\n"))
        self.assertNotIn("subcommand", ask("list/tcp")[2])

    def test_options_before_a_subcommand(self):
        lines = answer("search", "mqtt", "--json")
        self.assertEqual(answer("--json", "search", "mqtt"), lines)
        with tempfile.TemporaryDirectory() as folder:
            blob = os.path.join(folder, "blob")
            subprocess.run([COMPILER, "--blob", blob, REGISTRY], check=True)
            for words in (["-r", blob], [f"-r{blob}"], ["--reg", blob],
                          [f"--registry={blob}"]):
                self.assertEqual(answer(*words, "--js", "search", "mqtt"),
                                 answer("search", "mqtt", "--js", *words))
        self.assertEqual(answer("-h", "list"), answer("help", "list"))
        self.assertEqual(ask("--none", "list")[::2], (
            2, "ianaport: --none: no such option, or no such value\n"
            "usage: ianaport list [OPTION]...\n"))


def read_answer(file, size):
    """So many bytes, and what comes with them: a libc may write it in parts."""
    seen = b""
    while select.select([file], [], [], 60 if len(seen) < size else 0.1)[0]:
        part = os.read(file.fileno(), 4096)
        if not part:
            break
        seen += part
    return seen


class Input(unittest.TestCase):
    def test_lines_are_queries(self):
        for words in [], ["-"]:
            self.assertEqual(answer(*words, "--name", given=b"443\n 22/udp \r\n"
                                    b"_https._tcp"), "https\nssh\nhttps\n")
        self.assertEqual(answer("--port", "ssh", "-", "smtp", given=b"http"),
                         "22\n80\n25\n")
        self.assertEqual(ask(given=b""), (0, "", ""))

    def test_line_is_answered_before_the_next_one_is_there(self):
        rest = b"  -  System Ports  assigned  IANA\n"
        for words, first, second in (
                (["--port"], b"22\n", b"53\n"), (["--name"], b"ssh\n",
                                                 b"domain\n"),
                ([], b"ssh  22/sctp" + rest, b"domain  53/tcp " + rest),
                (["--json"], b'{"name":"ssh"', b'{"name":"domain"'),
                (["-l"], b"ssh  22/sctp\n", b"domain  53/tcp\n"),
                (["--tsv"], b"name\tport", b"domain\t53")):
            with subprocess.Popen([TOOL, *words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE) as child:
                for name, line in (b"ssh/sctp\n", first), (b"domain/tcp\n",
                                                           second):
                    child.stdin.write(name)
                    child.stdin.flush()
                    seen = read_answer(child.stdout, len(line))
                    self.assertEqual(seen[:len(line)], line, words)
                child.stdin.close()

    def test_table_of_a_person_who_types(self):
        """One heading, and each answer at once."""
        master, slave = pty.openpty()
        with subprocess.Popen([TOOL], stdin=subprocess.PIPE, stdout=slave,
                              env=dict(os.environ, NO_COLOR="1", COLUMNS="50")
                              ) as child:
            os.close(slave)
            for name, seen in (
                    (b"ssh/sctp\n", """\
NAME  PORT     ALIASES  RANGE         STATUS    ORIGIN
ssh   22/sctp  -        System Ports  assigned  IANA
"""), (b"8/dccp\n", """\
-     8/dccp   -        System Ports  unassigned  -
""")):
                child.stdin.write(name)
                child.stdin.flush()
                for line in seen.splitlines():
                    got = b""
                    while not got.endswith(b"\n"):
                        self.assertTrue(select.select([master], [], [], 60)[0])
                        got += os.read(master, 1)
                    self.assertEqual(got.decode().strip(), line)
            child.stdin.close()
        os.close(master)

    def test_long_and_binary_lines(self):
        self.assertEqual(ask("--port", given=b"ssh\0d\n" + b"x" * 300000
                             + b"\nssh\n")[:2], (1, "\n\n22\n"))

    def test_ten_times_the_bytes_take_ten_times_as_long(self):
        for byte in b"\0", b"x", b":":
            short = seconds_to_miss("--port", given=byte * 100000)
            self.assertLess(seconds_to_miss("--port", given=byte * 1000000),
                            25 * (short + 0.02), byte)

    def test_miss_is_reported_without_a_hint(self):
        self.assertEqual(ask("--port", given=b"htps\n\nssh\n"), (
            1, "\n\n22\n", "ianaport: htps: no such service or port\n"
            "ianaport: : no such service or port\n"))

    def test_input_that_fails(self):
        folder = os.open("/", os.O_RDONLY)
        done = subprocess.run([TOOL, "--port"], stdin=folder,
                              capture_output=True, text=True)
        os.close(folder)
        self.assertEqual((done.returncode, done.stderr), (
            3, "ianaport: standard input: Is a directory\n"))


class Missing(unittest.TestCase):
    def test_free_port_is_shown_but_not_found(self):
        self.assertEqual(ask("4/tcp"), (
            1, "-  4/tcp  -  System Ports  unassigned  -\n", ""))
        self.assertEqual(ask("50000")[1],
                         "-  50000  -  Dynamic Ports  dynamic  -\n")

    def test_unknown_is_reported_and_the_rest_answered(self):
        for query in ("70000", "", "8a", "-1/tcp", "/tcp", "tcp/",
                      "7-3", "1-65536", ":", "::1", "a::22", "://", "_._tcp",
                      "[::1]", "000443"):
            self.assertEqual(ask("--name", "22/tcp", "--", query), (
                1, "ssh\n\n", f"ianaport: {query}: no such service or port\n"))

    def test_protocol_that_the_registry_does_not_have(self):
        for query in ("443/icmp", "https/ICMP", "icmp/443", "icmp/https",
                      "8000-8010/tcp6", "443/", "/443", "443/icmp/tcp",
                      "_https._icmp", "_https._icmp.example.org",
                      "example.org:443/tcp6", ":ssh/6",
                      "htt*/icmp", "icmp/HTT?", "sql*net/", "*/x"):
            self.assertEqual(ask(query), (
                1, "", f"ianaport: {query}: no such protocol\n"))
        for query in "nonesuch/x", "nonesuch*/x", "htt*s/dccp":
            self.assertIn("no such service or port", ask(query)[2])
        self.assertEqual(places("914?/g/tcp"), ["914c-g 211/tcp"])

    def test_message_is_one_write(self):
        """A pipe of packets has the writes apart. A million misses are slow
        if each has many."""
        end, start = os.pipe2(os.O_DIRECT)
        with subprocess.Popen([TOOL, "no\33name", "htps"], stderr=start):
            os.close(start)
            messages = [os.read(end, 4096).decode() for _ in range(2)]
            os.close(end)
        for what, message in zip(("no\\x1bname", "htps"), messages):
            self.assertRegex(message, "^ianaport: " + re.escape(what)
                             + r": [^\n]*\n$")

    def test_service_without_a_port(self):
        self.assertEqual(ask("--port", "rdp", "rdp/-", "[r]dp", "[s]sh"), (
            1, "\n\n\n22\n", "".join(f"ianaport: {query}: has no port\n"
                                     for query in ("rdp", "rdp/-", "[r]dp"))))

    def test_nearest_names(self):
        for query, names in {
                "htps": "https, ftps, htsp", "memcached": "memcache",
                "ntpd": "ntp",
                "vnc": "rfb, corel-vncadmin, htvncconf",
                "dns": "domain, dwnmshttp, dtp-net",
                "htps/tcp": "https, ftps, htsp",
                "postgre": "postgres, postgresql",
                "sunprc/udp": "sunrpc, sun-rpc", "rpcbnd": "rpcbind",
                "dhcp": "bootps, dhcps, dhcpc"}.items():
            self.assertEqual(ask(query), (
                1, "", f"ianaport: {query}: no such service or port; "
                f"did you mean {names}?\n"))

    def test_hint_is_about_the_part_that_was_looked_up(self):
        for query in ("example.org:htps", "tcp:htps", ":htps", "*:htps",
                      "_htps._tcp", "_htps._tcp.example.org", "htps://host",
                      "x://host:htps/https", "[::1]:htps/udp"):
            self.assertEqual(ask(query), (
                1, "", f"ianaport: {query}: no such service or port; "
                "did you mean https, ftps, htsp?\n"))
        for query in "https://host:65536", "example.org:65536":
            self.assertEqual(ask(query), (
                1, "", f"ianaport: {query}: no such service or port\n"))
        self.assertIn("did you mean mail?", ask("mailto:joe@example.org")[2])

    def test_parts_of_names_and_words_of_notes_if_nothing_is_nearer(self):
        for query, names in {"torrent": "bittorrent",
                             "STEAM": "princity-agent"}.items():
            self.assertIn(f"did you mean {names}?", ask(query)[2])

    def test_hint_for_a_long_query_takes_no_longer(self):
        self.assertLess(seconds_to_miss("http" + "x" * 130000),
                        10 * (seconds_to_miss("httx") + 0.02))

    def test_what_the_registry_does_not_mention(self):
        """IANA has no word of WireGuard, and none of its port."""
        for query in "wireguard", "elasticsearch/tcp", "80a":
            self.assertEqual(ask(query), (
                1, "", f"ianaport: {query}: no such service or port; "
                "nothing in the registry mentions it\n"))
        self.assertEqual(ask("search", "wireguard")[0], 1)
        for query in "wireguard-and-so-on", "wire guard", "zz":
            self.assertEqual(ask(query)[2], f"ianaport: {query}: no such "
                             "service or port\n")


class Origin(unittest.TestCase):
    def test_conventional_name_on_an_assigned_port(self):
        self.assertEqual(answer("10000/tcp"), """\
ndmp    10000/tcp  -  User Ports  assigned  IANA
webmin  10000/tcp  -  User Ports  assigned  conventional
""")

    def test_port_keeps_its_own_words(self):
        self.assertEqual(answer("-l", "24/tcp"), """\
lmtp  24/tcp
  range         System Ports
  status        reserved
  origin        conventional
  description   any private mail system
""")

    def test_port_that_no_service_has_tells_its_record(self):
        self.assertEqual(ask("-l", "2/tcp", "50-51")[1], """\
-  2/tcp
  range         System Ports
  status        reserved
  description   Reserved
  modified      2025-02-13
  note          De-assigned on 2025-02-13, previously compressnet by \
[Bernie_Volz]
re-mail-ck  50/tcp
  range         System Ports
  status        assigned
  origin        IANA
  description   Remote Mail Checking Protocol
  assignee      [Steve_Dorner]
  contact       [Steve_Dorner]
re-mail-ck  50/udp
  range         System Ports
  status        assigned
  origin        IANA
  description   Remote Mail Checking Protocol
  assignee      [Steve_Dorner]
  contact       [Steve_Dorner]
-  51
  range         System Ports
  status        reserved
  description   Reserved
  modified      2013-05-24
  note          This entry is being removed on 2013-05-24.
""")
        self.assertIn('"modified":"2024-12-20","reference":"[RFC6335]",',
                      ask("--json", "0/udp")[1])

    def test_ports_with_other_records_are_other_lines(self):
        self.assertEqual(ask("2-4/tcp")[1], """\
-  2-3/tcp  -  System Ports  reserved    -
-  4/tcp    -  System Ports  unassigned  -
""")
        self.assertNotEqual(ask("--json", "60-61/tcp")[1].count("\n"), 1)

    def test_alias_of_another_origin(self):
        """Marked for people; for programs in a column of its own."""
        self.assertEqual(answer("mail/tcp", "nfs/sctp", "9/tcp", "80/tcp"), """\
smtp     25/tcp     mail*         System Ports  assigned  IANA
nfs      2049/sctp  nfsd*         User Ports    assigned  IANA
discard  9/tcp      sink*,null*   System Ports  assigned  IANA
http     80/tcp     www,www-http  System Ports  assigned  IANA
""")
        self.assertIn("\tnfsd\tconventional\t",
                      answer("--tsv", "nfs/sctp"))
        for query, names, origins in (
                ("nfs/tcp", ["nfsd"], ["conventional"]),
                ("80/tcp", ["www", "www-http"], ["IANA", "IANA"]),
                ("rdp", [], [])):
            row = json.loads(answer("--json", query).splitlines()[0])
            self.assertEqual((row["aliases"], row["alias_origins"]),
                             (names, origins))

    def test_conventional_alias(self):
        self.assertIn("  aliases       nfsd (conventional)\n",
                      answer("-l", "nfs/tcp"))

    def test_loaded_registry_is_asked_instead(self):
        with tempfile.TemporaryDirectory() as folder:
            names = pathlib.Path(folder, "services")
            names.write_text("our-own-name-for-it 24/udp our-alias\n")
            blob = pathlib.Path(folder, "blob")
            subprocess.run([COMPILER, "--overlay", names, "--blob", blob,
                            REGISTRY], check=True)
            self.assertEqual(ask("-r", blob, "24/udp", "nfsd", "lmtp")[:2], (
                1, "our-own-name-for-it  24/udp  our-alias+  System Ports  "
                "reserved  local\n"))
            self.assertIn("our-alias (local)\n", ask("24/udp", "-lr", blob)[1])
            self.assertRegex(ask("-r", blob, "--version")[1], "of 20")
            names.write_text("no registry\n")
            self.assertEqual(ask("-r", names, "ssh"), (
                3, "", f"ianaport: {names}: not a registry of libianaport\n"))
            blob = pathlib.Path(folder, "none")
            self.assertEqual(ask("--registry", blob, "ssh"), (
                3, "", f"ianaport: {blob}: No such file or directory\n"))


class Output(unittest.TestCase):
    def test_columns_are_aligned(self):
        self.assertEqual(ask("x11/tcp", "22/tcp", "4/tcp")[1], """\
x11  6000-6063/tcp  -  User Ports    assigned    IANA
ssh  22/tcp         -  System Ports  assigned    IANA
-    4/tcp          -  System Ports  unassigned  -
""")

    def test_long_form_has_all_columns(self):
        self.assertEqual(ask("-l", "DISCARD/dccp", "24/dccp"), (1, """\
discard  9/dccp
  range         System Ports
  status        assigned
  origin        IANA
  description   Discard
  assignee      [Eddie_Kohler]
  contact       [Eddie_Kohler]
  reference     [RFC4340]
  service code  1145656131
-  24/dccp
  range         System Ports
  status        unassigned
""", ""))

    def test_json_has_all_columns(self):
        self.assertEqual(ask("--json", "80/tcp", "4/tcp", "rdp")[1].splitlines()
                         [:3], [
            '{"name":"http","port":80,"last_port":80,"protocol":"tcp",'
            '"aliases":["www","www-http"],"alias_origins":["IANA","IANA"],'
            '"range":"System Ports",'
            '"status":"assigned","origin":"IANA",'
            '"description":"World Wide Web HTTP","assignee":"[IESG]",'
            '"contact":"[IETF_Chair]","registered":null,'
            '"modified":"2021-10-01","reference":"[RFC9110]",'
            '"service_code":null,"unauthorized":null,'
            '"note":"Defined TXT keys: u=<username> p=<password> '
            'path=<path to document>"}',
            '{"name":null,"port":4,"last_port":4,"protocol":"tcp",'
            '"aliases":[],"alias_origins":[],"range":"System Ports",'
            '"status":"unassigned",'
            '"origin":null,"description":"Unassigned","assignee":null,'
            '"contact":null,"registered":null,"modified":null,'
            '"reference":null,"service_code":null,"unauthorized":null,'
            '"note":null}',
            '{"name":"rdp","port":null,"last_port":null,"protocol":null,'
            '"aliases":[],"alias_origins":[],"range":null,"status":null,'
            '"origin":"IANA",'
            '"description":"Reliable Data Protocol",'
            '"assignee":null,"contact":null,'
            '"registered":null,"modified":null,"reference":null,'
            '"service_code":null,"unauthorized":null,"note":null}'])
        for line in answer("--json", "*").splitlines():
            self.assertEqual(len(json.loads(line)), 18)

    def test_tsv_has_all_columns(self):
        self.assertEqual(ask("--tsv", "x11/udp", "4/tcp")[1], (
            "name\tport\tprotocol\taliases\talias_origins\trange\t"
            "status\torigin\t"
            "description\tassignee\tcontact\tregistered\tmodified\t"
            "reference\tservice_code\tunauthorized\tnote\n"
            "x11\t6000-6063\tudp\t\t\tUser Ports\tassigned\tIANA\t"
            "X Window System\t[Stephen_Gildea]\t[Stephen_Gildea]\t\t\t\t\t"
            "Known Unauthorized Use on port 6003\t\n"
            "\t4\ttcp\t\t\tSystem Ports\tunassigned\t\tUnassigned"
            "\t\t\t\t\t\t\t\t\n"))

    def test_bare_form_is_a_line_a_query(self):
        self.assertEqual(ask("--port", "https", "x11", "443", "none", "rdp",
                             "http-alt", "https")[:2],
                         (1, "443\n6000\n443\n\n\n8080\n443\n"))
        self.assertEqual(ask("--name", "443", "4/tcp", "www", "WHOIS")[:2],
                         (1, "https\n\nhttp\nnicname\n"))
        lines = b"22\n4/tcp\n50000\n24/dccp\n2-4/udp\n80\n"
        for form, last in ("--port", "22\n\n\n\n\n80\n"), (
                "--name", "ssh\n\n\n\n\nhttp\n"):
            self.assertEqual(ask(form, given=lines), (1, last, ""))

    def test_bare_form_of_a_range_is_each_answer_once(self):
        self.assertEqual(answer("--name", "1-7"), "tcpmux\nrje\necho\n")
        self.assertEqual(answer("--port", "1-7"), "1\n5\n7\n")
        self.assertEqual(answer("--port", "http-alt*"), "591\n8008\n8080\n")

    def test_help_fits_a_screen(self):
        for option in "-h", "--help":
            lines = answer(option).splitlines()
            self.assertLess(len(lines), 24)
            self.assertLess(max(map(len, lines)), 80)
            self.assertEqual(lines[0], "usage: ianaport [OPTION]... QUERY...")

    def test_version(self):
        for option in "-V", "--version":
            self.assertRegex(answer(option), r"^ianaport \d+\.\d+\.\d+, "
                             r"registry of \d{4}-\d\d-\d\d\n/\S+: ")

    def test_compiler_has_the_same_version(self):
        done = subprocess.run([COMPILER, "--version"], capture_output=True,
                              text=True)
        self.assertEqual(done.stdout, "ianaport-compile "
                         + answer("-V").split()[1].rstrip(",") + "\n")


EVERY_OUTPUT = [
    "search http", "free", "list", "diff built-in built-in", "map",
    "map --html", "help", "help map", *(
        f"export --format {name}" for name in
        ("services", "csv", "json", "nftables", "wireshark", "nmap"))]


class Failures(unittest.TestCase):
    def test_wrong_usage_is_two(self):
        usage = "usage: ianaport [OPTION]... QUERY...\n"
        for words, why in {("-x",): "-x: no such option",
                           ("-l\33",): "-\\x1b: no such option",
                           ("--none\33", "x"): "--none\\x1b: no such option",
                           ("--json=x",): "--json=x: no such option",
                           ("--json", "-xl"): "-x: no such option",
                           ("--json", "-jl"): "-j: no such option",
                           ("--json", "-lr"): "-r: needs a value",
                           ("ssh", "-r"): "-r: needs a value",
                           ("--registry",): "--registry: needs a value",
                           }.items():
            status, out, err = ask(*words)
            self.assertEqual((status, out), (2, ""))
            self.assertEqual(err.replace(", or no such value", ""),
                             f"ianaport: {why}\n{usage}")
        self.assertEqual(on_terminal(),
                         f"ianaport: QUERY: missing operand\n{usage}")

    def test_full_device_is_three(self):
        for words in [*EVERY_OUTPUT, "ssh", "--json *", "--help", "-V"]:
            with open("/dev/full", "w") as full:
                done = subprocess.run([TOOL, *words.split()], stdout=full,
                                      stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 3, words)
            # musl's stdio may have forgotten which error it was.
            self.assertIn(done.stderr.splitlines()[-1], [
                f"ianaport: standard output: {what}"
                for what in ("No space left on device", "write error")])

    def test_every_subcommand_has_the_same_failures(self):
        for words in EVERY_OUTPUT:
            name = words.split()[0]
            status, out, err = ask(*words.split(), "--none")
            self.assertEqual((status, out), (2, ""), words)
            self.assertRegex(err, "^ianaport: --none: no such option.*\n"
                             f"usage: ianaport {name}.*\n$")
            self.assertEqual(ask(*words.split(), "-r", "/\u009b"), (
                3, "", "ianaport: /\\xc2\\x9b: No such file or directory\n"))

    def test_endless_input_ends_with_its_output(self):
        with open("/dev/full", "w") as full, \
                subprocess.Popen(["yes", "ssh"], stdout=subprocess.PIPE) as yes:
            done = subprocess.run([TOOL, "--port"], stdin=yes.stdout,
                                  stdout=full, stderr=subprocess.DEVNULL)
            yes.kill()
        self.assertEqual(done.returncode, 3)

    def test_reader_that_leaves_is_quiet(self):
        for handler in signal.SIG_DFL, signal.SIG_IGN:
            with subprocess.Popen(
                    [TOOL, "--json", "*"], stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, restore_signals=False,
                    preexec_fn=lambda: signal.signal(signal.SIGPIPE, handler)
                    ) as child:
                child.stdout.read(1)
                child.stdout.close()
                self.assertEqual(child.stderr.read(), b"")
            self.assertEqual(child.returncode, -signal.SIGPIPE)


class Terminal(unittest.TestCase):
    def test_table_has_a_heading_and_is_cut(self):
        self.assertEqual(on_terminal("10000/tcp", "24/tcp", columns=90), """\
\33[1mNAME    PORT       ALIASES  RANGE         STATUS    ORIGIN        \
DESCRIPTION\33[0m
ndmp    10000/tcp  -        User Ports    assigned  IANA          \
Network Data Manageme...
webmin  10000/tcp  -        User Ports    assigned  \33[33mconventional\33[0m
lmtp    24/tcp     -        System Ports  reserved  \33[33mconventional\33[0m  \
any private mail system
""")
        self.assertEqual(on_terminal("ssh/sctp", columns=68), """\
\33[1mNAME  PORT     ALIASES  RANGE         STATUS    ORIGIN  DESCRIPTION\33[0m
ssh   22/sctp  -        System Ports  assigned  IANA    SSH
""")

    def test_narrow_terminal_has_no_description(self):
        self.assertEqual(on_terminal("ssh/sctp", columns=50, env={
            "NO_COLOR": "1"}), """\
NAME  PORT     ALIASES  RANGE         STATUS    ORIGIN
ssh   22/sctp  -        System Ports  assigned  IANA
""")

    def test_no_look_without_a_terminal_for_it(self):
        for env in {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": ""}:
            for words in ["webmin"], ["-l", "http"]:
                self.assertNotIn("\33", on_terminal(*words, env=env))
        self.assertNotIn("\33", answer("-l", "http"))
        self.assertIn("\33[1m", on_terminal("ssh", env={"NO_COLOR": ""}))

    def test_long_form_is_wrapped_and_linked(self):
        self.assertEqual(on_terminal("-l", "http/tcp", columns=50,
                                     env={"NO_COLOR": "1"})[:330], """\
http  80/tcp
  aliases       www, www-http
  range         System Ports
  status        assigned
  origin        IANA
  description   World Wide Web HTTP
  assignee      [IESG]
  contact       [IETF_Chair]
  modified      2021-10-01
  reference     [RFC9110]
  note          Defined TXT keys: u=<username>
                p=<password> path=<path to
                document>
"""[:330])
        link = "\33]8;;https://www.rfc-editor.org/rfc/rfc9110\33\\"
        self.assertIn(f"[{link}RFC9110\33]8;;\33\\]\n",
                      on_terminal("-l", "http/tcp"))

    def test_columns_of_the_environment_win(self):
        self.assertEqual(on_terminal("-l", "http/tcp", columns=200,
                                     env={"COLUMNS": "50"}),
                         on_terminal("-l", "http/tcp", columns=50))

    def test_controls_of_a_query_are_shown(self):
        for query, shown in {"a\33[2J": "a\\x1b[2J", "\x7f": "\\x7f",
                             "\u009b1m": "\\xc2\\x9b1m",
                             "a\r\nb": "a\\x0d\\x0ab",
                             "\u202ea": "\\xe2\\x80\\xaea",
                             "\u200f\u061c": "\\xe2\\x80\\x8f\\xd8\\x9c",
                             b"\xe9": "\\xe9", "\u00e9": "\u00e9",
                             b"\xed\xa0\x80": "\\xed\\xa0\\x80",
                             b"\xc0\x9b": "\\xc0\\x9b",
                             b"\xe0\x81\x81": "\\xe0\\x81\\x81",
                             "\U0001f600": "\U0001f600"}.items():
            self.assertEqual(ask(query)[::2], (
                1, f"ianaport: {shown}: no such service or port\n"))

    def test_controls_of_a_registry_are_spaces(self):
        with tempfile.TemporaryDirectory() as folder:
            xml = pathlib.Path(REGISTRY).read_text().replace(
                "World Wide Web HTTP", "a\u009b\u202eb\u00e9 \u2028\u7f51")
            pathlib.Path(folder, "xml").write_text(xml)
            blob = os.path.join(folder, "blob")
            subprocess.run([COMPILER, "--blob", blob, f"{folder}/xml"],
                           check=True, stderr=subprocess.DEVNULL)
            shown = "a b\u00e9 \u7f51"
            for file in "csv", "wireshark":
                self.assertIn(shown, answer("export", "--format", file, "-r",
                                            blob))
            for form in "-l", "--tsv":
                self.assertIn(shown, answer("-r", blob, form, "http/tcp"))
            self.assertIn(shown, on_terminal("-r", blob, "http/tcp",
                                             columns=150))
            self.assertEqual(json.loads(answer(
                "-r", blob, "--json", "80/tcp"))["description"], shown)


unittest.main()
