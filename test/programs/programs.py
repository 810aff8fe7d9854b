# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""The programs that check_programs.py runs. Each must know coap, 5683 by tcp
and udp, of which Debian's /etc/services has neither name nor port. The test
listens there, and greets who connects."""

import os
import pathlib
import shutil
import struct
import subprocess
from typing import Callable, NamedTuple

PORT = 5683
GREETING = "welcome to coap"

# In the test's own /etc: gone with it, and never mounted without set-uid.
FOLDER = pathlib.Path("/etc/ianaport-test")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

# For root alone: a user namespace of one user has nobody else to become.
AS_NOBODY = "setpriv --reuid=65534 --clear-groups"
CHANGE_USER = AS_NOBODY + " true"


class Program(NamedTuple):
    """A program to run, and what its output must have in it."""
    name: str
    command: str | Callable[[], str]    # or a function that makes it
    answer: str
    stdin: str = ""
    needs: str = "true"         # a command that must succeed for this to run
    preloads: bool = True       # not if static or set-uid: no shim there


def python(call):
    return f'python3 -c "import socket; print(socket.{call})"'


def tcpdump():
    """A capture of one packet: the start of a connection to the port."""
    tcp = struct.pack(">HHIIBBHHH", 49152, PORT, 0, 0, 5 << 4, 2, 0, 0, 0)
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0,
                     bytes([127, 0, 0, 1]), bytes([127, 0, 0, 1]))
    raw_ip = 101
    header = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, raw_ip)
    packet = struct.pack("<IIII", 0, 0, 40, 40) + ip + tcp
    path = FOLDER / "syn.pcap"
    path.write_bytes(header + packet)
    return f"tcpdump -Z root -r {path}"


STATIC = r"""
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
int main(void)
{
    struct servent *found = getservbyname("coap", "tcp");

    return printf("%d\n", found ? ntohs(found->s_port) : -1) < 0;
}
"""


def static():
    path = FOLDER / "static"
    if not shutil.which("cc"):
        return "cc"
    built = subprocess.run(["cc", "-static", "-o", path, "-x", "c", "-"],
                           input=STATIC, capture_output=True, text=True)
    if built.returncode:
        print(built.stderr)
    return str(path)


def set_uid():
    copy = shutil.copy(shutil.which("getent", path=PATH), FOLDER)
    os.chmod(copy, 0o4755)
    return f"{AS_NOBODY} {copy} services coap"


# Those that .ci/run may not skip.
NAMED = [
    Program("getent name", "getent services coap", "5683/tcp"),
    Program("getent port", "getent services 5683/udp", "coap"),
    Program("ss", "ss -Hltu", ":coap"),
    Program("ss filter", "ss -Hltn sport = :coap", ":5683"),
    Program("python3 getservbyname", python("getservbyname('coap')"), "5683"),
    Program("python3 getservbyport",
            python("getservbyport(5683, 'udp')"), "coap"),
    Program("python3 getaddrinfo",
            python("getaddrinfo('127.0.0.1', 'coap')"), "5683"),
    Program("python3 getnameinfo",
            python("getnameinfo(('127.0.0.1', 5683), 0)"), "coap"),
    Program("perl getservbyname",
            "perl -e 'print scalar getservbyname \"coap\", \"tcp\"'", "5683"),
    Program("perl getservbyport",
            "perl -e 'print scalar getservbyport 5683, \"udp\"'", "coap"),
    Program("perl getservent",
            "perl -e 'print qq(@s\\n) while @s = getservent'", "coap  5683"),
    Program("nc.openbsd", "nc.openbsd -v 127.0.0.1 coap", GREETING),
    Program("nc.openbsd port", "nc.openbsd -zv 127.0.0.1 5683", "tcp/coap"),
    Program("bash", "bash -c 'cat </dev/tcp/127.0.0.1/coap'", GREETING),
    Program("openssl", "openssl s_client -connect 127.0.0.1:coap",
            "CONNECTED"),
    Program("tcpdump", tcpdump, ".coap: Flags [S]", needs=CHANGE_USER),
    Program("iptables-translate",
            "iptables-translate -A INPUT -p tcp --dport coap", "dport 5683"),
    Program("static", static, "5683", preloads=False),
    Program("set-uid", set_uid, "5683/tcp", needs=CHANGE_USER,
            preloads=False),
]

# Any other that asks for the names of services.
OPTIONAL = [
    Program("busybox-static nc", "busybox nc 127.0.0.1 coap", GREETING,
            needs="test -d /usr/share/doc/busybox-static", preloads=False),
    Program("busybox-static netstat", "busybox netstat -ltu", ":coap",
            needs="test -d /usr/share/doc/busybox-static", preloads=False),
    Program("gawk", "gawk 'BEGIN { \"/inet/tcp/0/127.0.0.1/coap\" |& getline;"
            " print }'", GREETING),
    Program("logger", "logger -s -T -n 127.0.0.1 -P coap text", "<13>1"),
    Program("lsof", "lsof -n -i tcp:coap", ":coap (LISTEN)"),
    Program("nc.traditional", "nc.traditional 127.0.0.1 coap", GREETING),
    Program("netstat", "netstat -ltu", ":coap"),
    Program("nft", "nft -e -S 'flush ruleset; table inet t {"
            " chain c { tcp dport coap accept; }; }'", 'dport "coap"',
            needs="nft list ruleset"),
    Program("php", "php -r 'echo getservbyname(\"coap\", \"tcp\");'", "5683"),
    Program("ruby", "ruby -rsocket -e"
            " 'puts TCPSocket.new(\"127.0.0.1\", \"coap\").read'", GREETING),
    Program("socat", "socat -u TCP:127.0.0.1:coap -", GREETING),
    Program("ssh", "ssh -G -p coap 127.0.0.1", "port 5683"),
    Program("tclsh", "tclsh", GREETING,
            stdin="puts [gets [socket 127.0.0.1 coap]]"),
    Program("tcpclient", "tcpclient 127.0.0.1 coap sh -c 'cat <&6'", GREETING),
    Program("telnet", "telnet 127.0.0.1 coap", "Connected to 127.0.0.1"),
    Program("whois", "whois -h 127.0.0.1 -p coap example", GREETING),
]
