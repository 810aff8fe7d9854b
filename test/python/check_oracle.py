#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_oracle.py [--conventional FILE] [--no-details] REGISTRY.xml BLOB

Puts questions of oracle.py to the Python module, as oracle_ask.c puts them to
the library: to the built-in registry, and to one from a file. They are about
every name, every port and every service. Those about entries are left out, as
the module has no calls of <netdb.h>; so are near misses, as the module does not
compare names."""

import argparse
import sys

import ianaport
import oracle

DETAILS = ("description", "reference", "assignee", "contact", "registered",
           "modified", "note", "unauthorized_use", "code")
SHOWN = 20


def dash(value):
    return -1 if value is None else value


def decoded(text):
    """As the module has it: oracle.py has a character for each byte."""
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


def encoded(text):
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def service(s):
    text = (f"{s.name}|{dash(s.port)}|{dash(s.last_port)}|{s.proto}"
            f"|{int(s.flags)}")
    head = s.alias_of()
    return f"{text}>{service(head)}" if head else text


def details(s):
    return "|".join(getattr(s, detail) for detail in DETAILS)


def listing(services):
    return f"{len(services)}:{';'.join(map(service, services))}"


def services_named(registry, name):
    return " ".join(listing(registry.services_named(name, proto))
                    for proto in oracle.PROTOS)


def on_port(registry, port, proto):
    yield listing(registry.services_on(port, proto))
    yield str(registry.port_status(port, proto))
    yield registry.port_status_text(port, proto)
    s = registry.nameless_on(port, proto)
    if s:
        assert not s.name and not s.flags, s
        yield f"{dash(s.port)}|{dash(s.last_port)}|{s.proto}|{details(s)}"


def services_on(registry, port):
    return " ".join(":".join(on_port(registry, int(port), proto))
                    for proto in oracle.PROTOS)


def resolve(registry, text):
    answer = ["valid" if ianaport.name_is_valid(text) else "odd"]
    for proto in oracle.PROTOS:
        port, of = registry.resolve(text, proto) or (-1, proto)
        answer.append(f"{dash(registry.port_of(text, proto))}={port}/{of}")
    return " ".join(answer)


def format_port(registry, port):
    port = int(port)
    answer = [str(ianaport.port_range(port))]
    for proto in oracle.PROTOS:
        text = registry.format_port(port, proto)
        answer.append(f"{registry.name_of(port, proto) or '-'}"
                      f":{len(text)}={text}")
    return " ".join(answer)


class Enumeration:
    def __init__(self):
        self.services = {}

    def __call__(self, registry, _):
        services = self.services.setdefault(registry, registry.services())
        s = next(services, None)
        return f"{service(s)}|{details(s)}" if s else "-"


ASK = {
    "date": lambda registry, _: registry.updated(),
    "next-service": Enumeration(),
    "services-named": services_named,
    "services-on": services_on,
    "resolve": resolve,
    "format": format_port,
}


def questions(registry):
    yield f"date \t{registry.updated}"
    yield from oracle.enumerations(registry)
    for found in registry.named.values():
        yield from oracle.about_name(registry, found[0].name, [found[0].name])
    for port in range(-1, 65537):
        yield from oracle.about_port(registry, port)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--conventional", metavar="FILE")
    parser.add_argument("--no-details", action="store_true")
    parser.add_argument("registry", metavar="REGISTRY.xml")
    parser.add_argument("blob", metavar="BLOB")
    args = parser.parse_args()
    judge = oracle.Registry(args.registry, args.conventional,
                            details=not args.no_details)
    asked, wrong = dict.fromkeys(ASK, 0), 0
    with ianaport.Registry(args.blob) as loaded:
        for question in questions(judge):
            rest, _, wanted = question.rpartition("\t")
            word, _, text = rest.partition(" ")
            if word not in ASK:
                continue
            for registry in ianaport.BUILTIN, loaded:
                got = encoded(ASK[word](registry, decoded(text)))
                asked[word] += 1
                wrong += got != wanted
                if got != wanted and wrong <= SHOWN:
                    print(f"{rest}\n  expected  {wanted}\n  got       {got}")
    print(asked, f"{wrong} wrong")
    return wrong > 0 or not all(asked.values())


sys.exit(main())
