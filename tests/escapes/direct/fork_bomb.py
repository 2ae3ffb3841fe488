# Attack: doubles its processes, generation by generation.
# Source: CWE-400; snekbox test_forkbomb_resource_unavailable.
# Stopped by: static (os.fork), kernel (seccomp refuses processes, RLIMIT_NPROC bounds threads).
# Must not happen: there is more than one process.
# Arguments: none
# Sentinel: processes
# Default policy: static:call.denied:os.fork
# Jail alone: kernel:syscall.denied:clone
import os
import threading

GENERATIONS = 4  # enough to show it: 16 processes


def fork():
    try:
        return os.fork()
    except OSError:
        return -1


for _ in range(GENERATIONS):
    fork()
os.write(1, b"process\n")

started = []
try:
    for _ in range(40):
        thread = threading.Thread(target=threading.Event().wait, args=(0.2,), daemon=True)
        thread.start()
        started.append(thread)
except RuntimeError:
    pass
os.write(1, b"thread\n" * len(started))
