# Attack: takes control of another process and reads its memory.
# Source: MITRE ATT&CK T1055.008; PTRACE_O_SUSPEND_SECCOMP, CVE-2022-30594.
# Stopped by: static (ctypes), kernel (seccomp refuses ptrace and process_vm_readv; a pid namespace of its own).
# Must not happen: a tracing call succeeds.
# Arguments: pid
# Sentinel: stdout traced-42
# Default policy: static:import.denied:ctypes
# Jail alone: kernel:syscall.denied:ptrace kernel:syscall.denied:process_vm_readv
import ctypes
import os
import sys

PTRACE_TRACEME, PTRACE_ATTACH, PTRACE_SEIZE = 0, 16, 0x4206  # ptrace(2)
VICTIM = int(sys.argv[1])

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long


def report(name, result):
    if result == 0:
        print(name, "traced-" + str(6 * 7), flush=True)
    else:
        print(name, "errno", ctypes.get_errno())


class IoVec(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


buffer = ctypes.create_string_buffer(16)
local = IoVec(ctypes.cast(buffer, ctypes.c_void_p), 16)
remote = IoVec(0x400000, 16)
libc.process_vm_readv(VICTIM, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
print("readv errno", ctypes.get_errno())
report("seize", libc.ptrace(PTRACE_SEIZE, VICTIM, None, None))
report("attach", libc.ptrace(PTRACE_ATTACH, VICTIM, None, None))
for pid in (1, os.getppid()):
    report("supervisor", libc.ptrace(PTRACE_SEIZE, pid, None, None) if pid else -1)
report("traceme", libc.ptrace(PTRACE_TRACEME, 0, None, None))
