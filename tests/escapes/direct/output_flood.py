# Attack: prints without end, to fill the memory or the disk of whoever collects it.
# Source: CWE-770; snekbox issue 81.
# Stopped by: the supervisor (the output limit, then SIGKILL).
# Must not happen: more than 4 MiB come out, four times the default limit.
# Arguments: none
# Sentinel: flood
# Verdict: output_limit
# Default policy: none
# Jail alone: none
import os

line = b"x" * 65535 + b"\n"
for _ in range(1024):
    os.write(1, line)
    os.write(2, line)
os.write(1, b"the whole flood is out\n")
