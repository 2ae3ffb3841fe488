# Attack: becomes another program.
# Source: the interpreter's own execve passes the same filter: only that one may
# Stopped by: seccomp (told)
# Arguments: none
# Told: execve execveat
# Control: plain
EXECVE, EXECVEAT, AT_FDCWD = 59, 322, -100

attempt("execve of nothing", lambda: syscall(EXECVE, b"/nothing", None, None), reached=[errno.ENOENT])
attempt("execveat of nothing", lambda: syscall(EXECVEAT, AT_FDCWD, b"/nothing", None, None, 0), reached=[errno.ENOENT])
attempt("itself", lambda: os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", "print('worked: itself')"]))
