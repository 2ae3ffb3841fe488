# Attack: signals a process of the host.
# Source: shared pid namespaces
# Stopped by: pid namespace
# Arguments: pid
# Told: none
# Control: plain
PID = int(sys.argv[1])
TGKILL = 234

attempt("kill", lambda: os.kill(PID, 0))
attempt("tgkill", lambda: syscall(TGKILL, PID, PID, 0))
attempt("its session", lambda: os.getsid(PID))
attempt("its group", lambda: os.getpgid(PID))
attempt("its processors", lambda: os.sched_getaffinity(PID))
