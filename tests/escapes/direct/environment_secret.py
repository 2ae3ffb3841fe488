# Attack: looks for a secret in the environment that py_sandbox was started with.
# Source: MITRE ATT&CK T1552.007; judge0 issue 564 (printenv shows the judge's environment).
# Stopped by: the engine (the guest's environment is made from nothing), kernel (no /proc, no other memory).
# Must not happen: the secret is printed.
# Arguments: none
# Sentinel: stdout SECRET
# Default policy: static:import.denied:ctypes
# Jail alone: none
import ctypes
import os
import posix

print(sorted(os.environ.items()))
print(sorted(posix.environ.items()))
print(os.getenv("PYSB_CANARY"))
for pid in ("self", "1", str(os.getppid()), str(os.getpid())):
    for name in ("environ", "cmdline", "auxv"):
        try:
            print(pid, name, open(f"/proc/{pid}/{name}", "rb").read())
        except OSError as error:
            print(pid, name, type(error).__name__)
libc = ctypes.CDLL(None)
environment = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
index = 0
while environment and environment[index]:
    # What stood beside the strings of the environment, too: an exec would have left it there.
    print(ctypes.string_at(environment[index]))
    index += 1
