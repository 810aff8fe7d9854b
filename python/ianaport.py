# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Service names and port numbers of the IANA Service Name and Transport Protocol
Port Number Registry (RFC 6335).

    >>> import ianaport
    >>> ianaport.port_of("https")
    443
    >>> ianaport.name_of(53, "udp")
    'domain'
    >>> [service.name for service in ianaport.services_on(2049, "tcp")]
    ['nfs', 'shilp', 'nfsd']
    >>> print(ianaport.port_status(4, "tcp"), "in", ianaport.port_range(4))
    unassigned in System Ports

The functions of this module look in the registry that is built into the library
libianaport. Objects of class Registry have the same functions as methods, and
look in a registry that was loaded.

- Results. None means that nothing was found. A description that the registry
  does not give is "".
- Protocols. As an argument, a protocol is a number as in module socket, such as
  socket.IPPROTO_TCP, or a name: "tcp", "udp", "dccp" or "sctp". ANY, the
  default, is any protocol or none; NONE is only what has no protocol. What is no
  protocol finds nothing. As a result, a protocol is a number.
- Ports. They are ints in host byte order. Any int may be asked for.
- Names. ASCII case is ignored. Answers have the spelling of the registry. A byte
  that is not UTF-8 is kept as os.fsdecode() keeps it.
- Order. The best answer comes first, as ianaport(3) has it.
- Memory and threads. Functions are thread-safe. A registry's memory lives as long
  as something that came from it.

The environment variable IANAPORT_LIBRARY may have the path of the library.
Otherwise the system finds it."""

from __future__ import annotations

import ctypes
import ctypes.util
import dataclasses
import enum
import operator
import os
import weakref
from typing import Any, Callable, Iterator, NoReturn

__all__ = ["ANY", "BUILTIN", "Error", "Flag", "NONE", "Range", "Reason",
           "Registry", "Service", "Status", "format_port", "name_is_valid",
           "name_of", "nameless_on", "port_of", "port_range", "port_status",
           "port_status_text", "proto_name", "proto_number", "resolve",
           "services", "services_named", "services_on", "system_path",
           "updated", "version"]

ANY = 0
"""As an argument: all services, with any protocol or none."""

NONE = -1
"""As an argument: only services without a protocol. In a Service: it is one."""

_UNKNOWN = -2


# ---- The library -------------------------------------------------------------

class _Service(ctypes.Structure):
    """struct iana_service."""

    _fields_ = [("name", ctypes.c_char_p), ("registry", ctypes.c_void_p),
                ("record", ctypes.c_uint32), ("flags", ctypes.c_uint32),
                ("port", ctypes.c_int), ("last_port", ctypes.c_int),
                ("proto", ctypes.c_int)]


_DETAILS = ("description", "reference", "assignee", "contact", "registered",
            "modified", "note", "unauthorized_use", "code")


def _prototypes() -> Iterator[tuple[str, Any, list[Any]]]:
    """Name, result and arguments of each function that this module calls."""
    text, number, size = ctypes.c_char_p, ctypes.c_int, ctypes.c_size_t
    registry, service = ctypes.c_void_p, ctypes.POINTER(_Service)
    to_registry = ctypes.POINTER(ctypes.c_void_p)
    cursor = ctypes.POINTER(ctypes.c_uint32)

    yield "proto_name", text, [number]
    yield "proto_number", number, [text]
    yield "port_of", number, [registry, text, number]
    yield "name_of", text, [registry, number, number]
    yield "resolve", number, [registry, text, ctypes.POINTER(number)]
    yield "services_named", size, [registry, text, number, service, size]
    yield "services_on", size, [registry, number, number, service, size]
    yield "service_next", number, [registry, cursor, service]
    yield "service_alias_of", number, [service, service]
    for detail in _DETAILS:
        yield f"service_{detail}", text, [service]
    yield "port_range", number, [number]
    yield "range_name", text, [number]
    yield "port_status", number, [registry, number, number]
    yield "status_name", text, [number]
    yield "port_status_text", text, [registry, number, number]
    yield "nameless_on", number, [registry, number, number, service]
    yield "name_is_valid", number, [text]
    yield "registry_open", number, [text, to_registry]
    yield "registry_open_system", number, [to_registry]
    yield "registry_system_path", text, []
    yield "registry_open_memory", number, [text, size, to_registry]
    yield "registry_close", None, [registry]
    yield "strerror", text, [number]
    yield "registry_updated", text, [registry]
    yield "version", text, []


def _load() -> ctypes.CDLL:
    """The library of the ABI that the prototypes are for."""
    path = os.environ.get("IANAPORT_LIBRARY")
    try:
        library = ctypes.CDLL(path or "libianaport.so.0", use_errno=True)
    except OSError as error:
        found = None if path else ctypes.util.find_library("ianaport")
        if not found:
            raise ImportError(str(error)) from error
        library = ctypes.CDLL(found, use_errno=True)
    for name, result, arguments in _prototypes():
        try:
            function = getattr(library, f"iana_{name}")
        except AttributeError as error:     # an older one, or another
            raise ImportError(str(error)) from error
        function.restype, function.argtypes = result, arguments
    return library


_library = _load()


def _to_bytes(text: str) -> bytes:
    """A text of the library; one that C has not is "", which is never found."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b""
    return b"" if b"\0" in data else data


def _to_str(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _to_port(port: int) -> int:
    """ctypes would cut off the high bits of a large int, and it refuses what is
    only like an int, such as numpy's."""
    port = operator.index(port)
    return port if 0 <= port <= 65535 else -1


def _to_proto(proto: int | str) -> int:
    if isinstance(proto, str):
        return int(_library.iana_proto_number(_to_bytes(proto)))
    proto = operator.index(proto)
    return proto if NONE <= proto <= 255 else _UNKNOWN


# ---- Enumerations ------------------------------------------------------------

class Range(enum.IntEnum):
    """A range of port numbers (RFC 6335, section 6). str() gives its name, such
    as "System Ports"."""

    INVALID = 0
    """Not a port."""
    SYSTEM = 1
    """0 to 1023."""
    USER = 2
    """1024 to 49151."""
    DYNAMIC = 3
    """49152 to 65535."""

    def __str__(self) -> str:
        return _to_str(_library.iana_range_name(self))


class Status(enum.IntEnum):
    """Status of a port (RFC 6335, section 8), from the best to the worst. str()
    gives its name, such as "assigned"."""

    INVALID = 0
    """Not a port, or not a protocol."""
    ASSIGNED = 1
    """A registered service has it."""
    RESERVED = 2
    """Held back by IANA."""
    UNASSIGNED = 3
    """Free for assignment."""
    DYNAMIC = 4
    """Never assigned."""

    def __str__(self) -> str:
        return _to_str(_library.iana_status_name(self))


class Flag(enum.IntFlag):
    """What else is known of a service."""

    ALIAS = 1
    """Service.alias_of() has what it stands for."""
    MOVED = 2
    """Moved to the front by conventional names."""
    ADDED = 4
    """Not in IANA's registry."""
    LOCAL = 8
    """A site's own file has it."""
    MALFORMED = 16
    """Registered, and breaks a rule for names."""


class Reason(enum.IntEnum):
    """Why a registry was refused: Error.code."""

    FILE = -1
    """Not a regular file."""
    MAGIC = -2
    """Not a registry."""
    VERSION = -3
    """Newer format than the library knows."""
    SIZE = -4
    """Shorter or longer than it says."""
    CHECKSUM = -5
    """Changed since it was written."""
    OFFSET = -6
    """An offset points to a wrong place."""
    COUNT = -7
    """Counts contradict each other."""
    ORDER = -8
    """A table is not sorted."""
    CHAIN = -9
    """A chain of names or ports is broken."""
    STRING = -10
    """A string is empty, too long, endless or unprintable."""
    VALUE = -11
    """An impossible port, protocol, flag, date."""
    SYSTEM = -12
    """The system failed. This is an OSError instead of an Error."""
    OWNER = -13
    """Users other than root could change it."""
    OLDER = -14
    """Older than the built-in one."""


# ---- Services ----------------------------------------------------------------

class Error(Exception):
    """A registry was refused; str() says why."""

    code: int
    """A Reason, or a number that only a later version of the library has."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return _to_str(_library.iana_strerror(self.code))


class _Handle:
    """A registry of the library, which is closed with the last object that has
    this one; so no thread can close it while another one asks it. An argument
    of a call is such an object, too."""

    def __init__(self, pointer: int | None, data: bytes = b"") -> None:
        self._as_parameter_ = pointer
        weakref.finalize(self, _close, pointer, data).atexit = False

    def __reduce__(self) -> NoReturn:
        raise TypeError("a registry can be neither pickled nor copied deeply")


def _close(pointer: int | None, _data: bytes) -> None:
    _library.iana_registry_close(pointer)


@dataclasses.dataclass(frozen=True)
class Service:
    """A service: a named record of the registry, or a name that was added to it.
    There is one for each combination of a name, a port or range, and a protocol.
    It stays valid when its registry is closed."""

    name: str
    """As the registry spells it."""
    port: int | None
    """None if it has none."""
    last_port: int | None
    """Differs from port only for a range."""
    proto: int
    """NONE if it has none; proto_name() has the name."""
    flags: Flag
    """ALIAS and so on."""
    _record: int = dataclasses.field(repr=False)
    _handle: _Handle = dataclasses.field(repr=False)
    _struct: _Service = dataclasses.field(repr=False, compare=False)

    def alias_of(self) -> Service | None:
        """The service that this alias stands for, on the same port and protocol;
        None if it is not an alias."""
        head = _Service()
        found = _library.iana_service_alias_of(self._struct, head)
        return _service(self._handle, head) if found else None

    def _detail(self, column: str) -> str:
        return _to_str(getattr(_library, f"iana_service_{column}")(self._struct))

    @property
    def description(self) -> str:
        """Description, such as "Network News Transfer Protocol"."""
        return self._detail("description")

    @property
    def reference(self) -> str:
        """References to what specifies it, such as "[RFC3948][RFC7296]"."""
        return self._detail("reference")

    @property
    def assignee(self) -> str:
        """Assignee, such as "[Jon_Postel]"; or the contact, if there is none."""
        return self._detail("assignee")

    @property
    def contact(self) -> str:
        """Contact, such as "[Jon_Postel]"."""
        return self._detail("contact")

    @property
    def registered(self) -> str:
        """Date of the registration, such as "2011-05-26" or "2007-11"."""
        return self._detail("registered")

    @property
    def modified(self) -> str:
        """Date when the registration was last modified."""
        return self._detail("modified")

    @property
    def note(self) -> str:
        """Assignment note."""
        return self._detail("note")

    @property
    def unauthorized_use(self) -> str:
        """Known unauthorized use of the service's port."""
        return self._detail("unauthorized_use")

    @property
    def code(self) -> str:
        """Service Code of DCCP, a decimal number."""
        return self._detail("code")


def _service(handle: _Handle, struct: _Service) -> Service:
    return Service(_to_str(struct.name),
                   None if struct.port < 0 else struct.port,
                   None if struct.last_port < 0 else struct.last_port,
                   struct.proto, Flag(struct.flags), struct.record, handle,
                   struct)


def _found(handle: _Handle, look_up: Callable[..., int], *what: Any
           ) -> list[Service]:
    """All that a look-up finds; a registry never changes between its calls."""
    count = look_up(handle, *what, None, 0)
    if not count:
        return []
    structs = (_Service * count)()
    look_up(handle, *what, structs, count)
    return [_service(handle, struct) for struct in structs]


def _each(handle: _Handle) -> Iterator[Service]:
    cursor = ctypes.c_uint32(0)
    while True:
        struct = _Service()
        if not _library.iana_service_next(handle, cursor, struct):
            return
        yield _service(handle, struct)


# ---- Registries --------------------------------------------------------------

class Registry:
    """A registry that is loaded from a file of ianaport-compile(1). All of it is
    checked: one that is refused raises Error, and a file that cannot be read
    OSError. Later changes to the file have no effect.

        with ianaport.Registry("site.blob") as registry:
            port = registry.port_of("our-own-service")

    Functions raise ValueError after close()."""

    _handle: _Handle | None

    def __init__(self, path: str | bytes | os.PathLike[Any]) -> None:
        data = os.fsencode(path)
        if b"\0" in data:
            raise ValueError("embedded null byte")
        self._open(path, b"", _library.iana_registry_open, data)

    @classmethod
    def open_system(cls) -> Registry:
        """Load the registry of this host, which ianaport-update(8) keeps up to
        date. It raises Error also for one that is older than the built-in one,
        or that users other than root could have changed."""
        self = cls.__new__(cls)
        self._open(system_path(), b"", _library.iana_registry_open_system)
        return self

    @classmethod
    def open_memory(cls, data: bytes | bytearray | memoryview) -> Registry:
        """Use a registry that is in memory, such as a resource of a package."""
        self = cls.__new__(cls)
        data = bytes(data)
        self._open(None, data, _library.iana_registry_open_memory, data,
                   len(data))
        return self

    def _open(self, path: Any, data: bytes, function: Callable[..., int],
              *arguments: Any) -> None:
        pointer = ctypes.c_void_p()
        code = function(*arguments, pointer)
        if code == Reason.SYSTEM:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error), path)
        if code:
            raise Error(code)
        self._handle = _Handle(pointer.value, data)

    def close(self) -> None:
        """Let go of the registry; its memory is freed with the last Service of
        it. The built-in registry is never closed."""
        if self is not BUILTIN:
            self._handle = None

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> _Handle:
        handle = self._handle
        if not handle:
            raise ValueError("the registry is closed")
        return handle

    def port_of(self, name: str, proto: int | str = ANY) -> int | None:
        """Port of the first service of that name that has a port; for a range,
        its lowest port."""
        port = _library.iana_port_of(self._opened(), _to_bytes(name),
                                     _to_proto(proto))
        return None if port < 0 else port

    def name_of(self, port: int, proto: int | str = ANY) -> str | None:
        """Name of the first service on a port."""
        name = _library.iana_name_of(self._opened(), _to_port(port),
                                     _to_proto(proto))
        return None if name is None else _to_str(name)

    def resolve(self, text: str, proto: int | str = ANY
                ) -> tuple[int, int] | None:
        """Port and protocol for a text that a user wrote: "https", "443",
        "https/tcp", "443/udp". A number need not be registered. The protocol is
        that of the service, or the one in the text; if there is neither, the one
        that was asked for. None also if the text names another protocol."""
        number = ctypes.c_int(_to_proto(proto))
        port = _library.iana_resolve(self._opened(), _to_bytes(text), number)
        return None if port < 0 else (port, number.value)

    def format_port(self, port: int, proto: int | str = ANY) -> str:
        """Name of the service on a port, or the number if there is none; "" for
        what is no port."""
        return self.name_of(port, proto) or (
            str(int(port)) if _to_port(port) >= 0 else "")

    def services_named(self, name: str, proto: int | str = ANY
                       ) -> list[Service]:
        """All services of a name, including those without a port."""
        return _found(self._opened(), _library.iana_services_named,
                      _to_bytes(name), _to_proto(proto))

    def services_on(self, port: int, proto: int | str = ANY) -> list[Service]:
        """All services on a port, including aliases and ranges that cover it."""
        return _found(self._opened(), _library.iana_services_on,
                      _to_port(port), _to_proto(proto))

    def services(self) -> Iterator[Service]:
        """Every service: first by port, then those without a port."""
        return _each(self._opened())

    def port_status(self, port: int, proto: int | str = ANY) -> Status:
        """Status of a port in the registry. Conventional and local names do not
        count. ANY asks for the best status that the port has for any protocol.
        With NONE, the port is assigned if a service without a protocol has it;
        otherwise the result is the worst status of the four protocols."""
        return Status(_library.iana_port_status(
            self._opened(), _to_port(port), _to_proto(proto)))

    def port_status_text(self, port: int, proto: int | str = ANY) -> str:
        """The registry's own text for a port that no service has, such as "any
        private mail system"; "" for an assigned port."""
        return _to_str(_library.iana_port_status_text(
            self._opened(), _to_port(port), _to_proto(proto)))

    def nameless_on(self, port: int, proto: int | str = ANY) -> Service | None:
        """The registry's own record of a port that no service has. Its name is
        "", and its ports are the first and the last that the record covers."""
        handle, struct = self._opened(), _Service()
        found = _library.iana_nameless_on(handle, _to_port(port),
                                          _to_proto(proto), struct)
        return _service(handle, struct) if found else None

    def updated(self) -> str:
        """Date of the registry, as IANA states it, such as "2026-08-17"."""
        return _to_str(_library.iana_registry_updated(self._opened()))


# ---- The built-in registry, and what needs none ------------------------------

def _builtin() -> Registry:
    self = Registry.__new__(Registry)
    self._handle = _Handle(None)
    return self


BUILTIN = _builtin()
"""The registry that is built into the library."""

port_of = BUILTIN.port_of
name_of = BUILTIN.name_of
resolve = BUILTIN.resolve
format_port = BUILTIN.format_port
services_named = BUILTIN.services_named
services_on = BUILTIN.services_on
services = BUILTIN.services
port_status = BUILTIN.port_status
port_status_text = BUILTIN.port_status_text
nameless_on = BUILTIN.nameless_on
updated = BUILTIN.updated


def proto_name(proto: int) -> str | None:
    """Name of a protocol: "tcp", "udp", "sctp" or "dccp"."""
    name = _library.iana_proto_name(_to_proto(proto))
    return None if name is None else _to_str(name)


def proto_number(name: str) -> int | None:
    """Number of a protocol, whose name is in lower case."""
    number = _library.iana_proto_number(_to_bytes(name))
    return None if number == _UNKNOWN else number


def port_range(port: int) -> Range:
    """Range that a port is in."""
    return Range(_library.iana_port_range(_to_port(port)))


def name_is_valid(name: str) -> bool:
    """Whether a name is valid for a new service (RFC 6335, section 5.1)."""
    return bool(_library.iana_name_is_valid(_to_bytes(name)))


def system_path() -> str:
    """Path of the registry of this host, for Registry.open_system()."""
    return _to_str(_library.iana_registry_system_path())


def version() -> str:
    """Version of the library, such as "0.1.0"."""
    return _to_str(_library.iana_version())
