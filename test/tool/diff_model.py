# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What "ianaport diff" is to say of two registries, out of their dumps, see
ianaport-compile(1)."""

import collections
import itertools

PROTOCOLS = "tcp", "udp", "sctp", "dccp"
LAST_USER_PORT, PORTS = 49151, 65536

Service = collections.namedtuple("Service", "name place protocol")
Dump = collections.namedtuple("Dump", "updated services aliases statuses")


def ports(place):
    first, _, last = place.partition("-")
    return range(int(first), int(last or first) + 1) if first else ()


def read_dump(path):
    services, aliases = [], {}
    statuses = {protocol: {} for protocol in (*PROTOCOLS, "-")}
    with open(path, encoding="utf-8") as file:
        _, updated = next(file).split()
        for kind, what, *words in map(str.split, file):
            place, protocol = what.split("/")
            status = words[0]
            if kind == "service":
                service = Service(words[0], place, protocol)
                services.append(service)
                aliases[service] = " ".join(words[1:]) or "no alias"
                status = "assigned"
            for port in ports(place):
                if statuses[protocol].get(port) != "assigned":
                    statuses[protocol][port] = status
    return Dump(updated, services, aliases, statuses)


def only(services, others):
    """What others have not, or not as often."""
    counts = collections.Counter(services)
    return [*(counts - collections.Counter(others)).elements()]


def pair(gone, come, key):
    """Take pairs out of both lists: what alone, in each, has that key."""
    def alone(services):
        count = collections.Counter(map(key, services))
        return {key(service): service for service in services
                if key(service) and count[key(service)] == 1}

    old, new = alone(gone), alone(come)
    pairs = [(old[one], new[one]) for one in old if one in new]
    for service, successor in pairs:
        gone.remove(service)
        come.remove(successor)
    return pairs


def name_key(service):
    return service.name, service.protocol


def number_key(service):
    return service.place != "-" and (service.place, service.protocol)


def status_of(dump, protocol, port):
    """A row of the protocol's own beats the row for all."""
    return (dump.statuses[protocol].get(port) or dump.statuses["-"].get(port)
            or ("dynamic" if port > LAST_USER_PORT else "unassigned"))


def changed_statuses(old, new):
    """Runs of ports with the same change, with their protocols."""
    runs = collections.defaultdict(list)
    for protocol in PROTOCOLS:
        changes = ((port, status_of(old, protocol, port),
                    status_of(new, protocol, port)) for port in range(PORTS))
        for change, run in itertools.groupby(changes, lambda c: c[1:]):
            if change[0] != change[1]:
                run = list(run)
                runs[run[0][0], run[-1][0], change].append(protocol)
    for (first, last, change), protocols in sorted(runs.items()):
        place = f"{first}-{last}" if first < last else first
        yield f"{place}/{','.join(protocols)}", " -> ".join(change)


def where(service):
    return f"{service.place}/{service.protocol}"


def summarize(old, new):
    """Pairs of a title and rows of columns."""
    gone = only(old.services, new.services)
    come = only(new.services, old.services)
    moved = [(a.name, f"{where(a)} -> {where(b)}")
             for a, b in pair(gone, come, name_key)]
    renamed = [(where(a), f"{a.name} -> {b.name}")
               for a, b in pair(gone, come, number_key)]
    aliases = [(one.name, where(one), f"{alias} -> {new.aliases[one]}")
               for one, alias in old.aliases.items()
               if new.aliases.get(one, alias) != alias]
    yield "services added", [(one.name, where(one)) for one in come]
    yield "services removed", [(one.name, where(one)) for one in gone]
    yield "services renamed", renamed
    yield "services moved", moved
    yield "aliases changed", aliases
    yield "statuses changed", list(changed_statuses(old, new))


def report(old_path, new_path):
    """Title lines, each with the lines below it."""
    old, new = read_dump(old_path), read_dump(new_path)
    lines = [[f"registry: {old.updated} -> {new.updated}"]]
    for title, rows in summarize(old, new):
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines.append([f"{title}: {len(rows)}"] + [
            ("    " + "  ".join(map(str.ljust, row, widths))).rstrip()
            for row in rows])
    return lines
