# Attack: never ends: ignores every signal, computes in one uninterruptible call, again after every exception.
# Source: CWE-835.
# Stopped by: the supervisor (wall-clock limit, SIGKILL to the whole tree), kernel (RLIMIT_CPU).
# Must not happen: it is still running when the limit is over.
# Arguments: none
# Sentinel: ends
# Options: --limit wall=1s --limit cpu=1s
# Verdict: timeout cpu_limit
# Default policy: none
# Jail alone: none
import signal
import threading


def ignore_all():
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass


def spin():
    while True:
        try:
            pow(3, 3 * 10**7)
        except BaseException:
            pass


ignore_all()
print("started", flush=True)
threading.Thread(target=spin).start()
spin()
