# Attack: kills a process of the host.
# Source: MITRE ATT&CK T1489.
# Stopped by: static (signals to others), kernel (a pid namespace: the victim has no number here; Landlock's signal
#   scope).
# Must not happen: the victim dies or stops.
# Arguments: pid
# Sentinel: victim
# Default policy: static:call.denied:os.kill static:call.denied:os.killpg
# Jail alone: none
import os
import signal
import sys

VICTIM = int(sys.argv[1])


def attempt(name, call):
    try:
        print(name, call())
    except Exception as error:
        print(name, type(error).__name__)


attempt("stop", lambda: os.kill(VICTIM, signal.SIGSTOP))
attempt("pidfd", lambda: signal.pidfd_send_signal(os.pidfd_open(VICTIM), signal.SIGKILL))
attempt("group", lambda: os.killpg(VICTIM, signal.SIGKILL))
attempt("kill", lambda: os.kill(VICTIM, signal.SIGKILL))
print("done")
