# Attack: watches what other runs do with files that all of them see, or tells them something through locks.
# Source: covert channels between jails that share their files
# Stopped by: seccomp (the notify calls are told)
# Arguments: none
# Told: inotify_init1
# Control: plain
import fcntl
import tempfile

program = open(sys.executable)
folder = os.open("/tmp", os.O_RDONLY)
own = tempfile.TemporaryFile()
INOTIFY_INIT1 = 294

attempt("inotify", lambda: os.close(syscall(INOTIFY_INIT1, 0)))
attempt("flock of a shared file", lambda: fcntl.flock(program, fcntl.LOCK_SH))
attempt("lease", lambda: fcntl.fcntl(own, fcntl.F_SETLEASE, fcntl.F_WRLCK))
attempt("notify", lambda: fcntl.fcntl(folder, fcntl.F_NOTIFY, 0))
attempt("signals to others", lambda: fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid()))
