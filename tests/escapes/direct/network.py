# Attack: talks to a server on the host: TCP, UDP, a path name, an abstract name.
# Source: MITRE ATT&CK T1048; abstract names as in CVE-2020-15257 (containerd-shim).
# Stopped by: static (socket and what stands on it), kernel (seccomp refuses socket; an empty network namespace).
# Must not happen: the listener hears a byte or a connection.
# Arguments: port unix_path
# Sentinel: tcp udp path abstract
# Default policy: static:import.denied:socket static:import.denied:urllib.request
# Jail alone: kernel:syscall.denied:socket*
import asyncio
import socket
import sys
import urllib.request

PORT = int(sys.argv[1])
UNIX_PATH = sys.argv[2]


def tcp():
    socket.create_connection(("127.0.0.1", PORT), timeout=2).sendall(b"hello")


def tcp6():
    with socket.socket(socket.AF_INET6) as connection:
        connection.settimeout(2)
        connection.connect(("::ffff:127.0.0.1", PORT))


def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.sendto(b"hello", ("127.0.0.1", PORT))


def unix(address):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(b"hello")


def http():
    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=2).read()


async def stream():
    await asyncio.wait_for(asyncio.open_connection("127.0.0.1", PORT), 2)


def pair():
    left, right = socket.socketpair()
    left.connect(UNIX_PATH)


attempts = [tcp, tcp6, udp, http, pair, lambda: unix(UNIX_PATH), lambda: unix("\0" + UNIX_PATH),
            lambda: asyncio.run(stream())]
for attempt in attempts:
    try:
        attempt()
        print(attempt.__name__, "went through")
    except Exception as error:
        print(attempt.__name__, type(error).__name__)
