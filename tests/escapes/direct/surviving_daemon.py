# Attack: leaves something running that acts after the run is over.
# Source: MITRE ATT&CK T1543; DMOJ issue 318 (a process survived the judge).
# Stopped by: static (os.fork), kernel (no processes, a pid namespace whose end is the end of all in it).
# Must not happen: the marker file appears, or a process is left.
# Arguments: marker
# Sentinel: marker
# Default policy: static:call.denied:os.fork
# Jail alone: kernel:syscall.denied:clone
import os
import signal
import sys
import threading
import time

MARKER = sys.argv[1]


def later():
    time.sleep(0.3)
    with open(MARKER, "w") as handle:
        handle.write("still here")


def daemonise():
    """Returns in the daemon only: twice forked, in a session of its own."""
    if os.fork() > 0:
        return False
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    return True


for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
    signal.signal(number, signal.SIG_IGN)
threading.Thread(target=later, daemon=True).start()
try:
    if daemonise():
        later()
        os._exit(0)
except OSError as error:
    print("no daemon:", type(error).__name__)
