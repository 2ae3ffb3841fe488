# Attack: makes namespaces of its own, which is where most of the kernel's attack surface begins.
# Source: CVE-2022-0185, CVE-2023-0386 (both need a user namespace).
# Stopped by: static (ctypes, os.unshare), kernel (seccomp refuses unshare, setns and clone with namespaces; clone3
#   does not exist).
# Must not happen: a namespace is made.
# Arguments: none
# Sentinel: stdout unshared-42
# Default policy: static:import.denied:ctypes
# Jail alone: kernel:syscall.denied:unshare kernel:syscall.denied:setns kernel:syscall.denied:clone
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CLONE, SETNS, CLONE3 = 56, 308, 435  # x86-64
FLAGS = {
    "user": 0x10000000,
    "mount": 0x00020000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
    "cgroup": 0x02000000,
    "time": 0x00000080,
}


def report(name, result):
    if result >= 0:
        print(name, "unshared-" + str(6 * 7), flush=True)
    else:
        print(name, "errno", ctypes.get_errno())


for name, flag in FLAGS.items():
    report(name, libc.unshare(flag))
    report(name + " with user", libc.unshare(flag | FLAGS["user"]))
report("setns", libc.syscall(SETNS, 0, 0))
result = libc.syscall(CLONE, FLAGS["user"] | 17, None, None, None, None)
if result == 0:
    libc._exit(0)
report("clone", result)
arguments = (ctypes.c_uint64 * 8)(FLAGS["user"], 0, 0, 0, 17, 0, 0, 0)
result = libc.syscall(CLONE3, ctypes.byref(arguments), ctypes.sizeof(arguments))
if result == 0:
    libc._exit(0)
report("clone3", result)
