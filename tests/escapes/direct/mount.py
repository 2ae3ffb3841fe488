# Attack: mounts file systems, old and new way, and changes the root directory.
# Source: CVE-2021-41133 (a sandbox that forgot the new mount calls), MITRE ATT&CK T1611.
# Stopped by: static (ctypes), kernel (seccomp refuses the calls; no capability in any user namespace).
# Must not happen: a mount, or another root.
# Arguments: none
# Sentinel: stdout mounted-42
# Default policy: static:import.denied:ctypes
# Jail alone: kernel:syscall.denied:mount kernel:syscall.denied:umount2 kernel:syscall.denied:chroot
#   kernel:syscall.denied:pivot_root
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
OPEN_TREE, MOVE_MOUNT, FSOPEN = 428, 429, 430  # the same number on every architecture
PIVOT_ROOT = 155  # x86-64

os.mkdir("target")


def report(name, result):
    if result >= 0:
        print(name, "mounted-" + str(6 * 7), flush=True)
    else:
        print(name, "errno", ctypes.get_errno())


report("tmpfs", libc.mount(b"none", b"target", b"tmpfs", 0, None))
report("proc", libc.mount(b"none", b"target", b"proc", 0, None))
report("bind", libc.mount(b"/usr", b"target", None, 4096, None))
report("remount", libc.mount(b"none", b"/usr", None, 32 | 4096, None))
report("umount", libc.umount2(b"/usr", 2))
report("fsopen", libc.syscall(FSOPEN, b"tmpfs", 0))
report("open_tree", libc.syscall(OPEN_TREE, -100, b"/usr", 1))
report("move_mount", libc.syscall(MOVE_MOUNT, -100, b"/usr", -100, b"target", 0))
report("pivot_root", libc.syscall(PIVOT_ROOT, b"target", b"target"))
report("chroot", libc.chroot(b"target"))
