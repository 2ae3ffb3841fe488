# Attack: opens sockets of every family, and one that can send to any local address.
# Source: CVE-2026-31431 (AF_ALG), CVE-2020-15257 (abstract names)
# Stopped by: seccomp (told), network namespace
# Arguments: none
# Told: socket socketpair connect bind
# Control: plain
import socket

CONNECT, BIND = 42, 49
FAMILIES = {"inet": 2, "inet6": 10, "unix": 1, "netlink": 16, "alg": 38, "vsock": 40}
NOT_BUILT_IN = [errno.EAFNOSUPPORT, errno.ESOCKTNOSUPPORT, errno.EPROTONOSUPPORT, errno.ENODEV]

for name, family in FAMILIES.items():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        attempt(f"{name} {kind.name}", lambda: socket.socket(family, kind).close(), reached=NOT_BUILT_IN)
attempt("datagram pair", lambda: [end.close() for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)])
attempt("connect", lambda: syscall(CONNECT, 0, b"\1\0x", 3), reached=[errno.ENOTSOCK])
attempt("bind", lambda: syscall(BIND, 0, b"\1\0x", 3), reached=[errno.ENOTSOCK])
