# Attack: starts other processes, in each way there is.
# Source: fork bombs; daemons that live on
# Stopped by: seccomp (told); clone3 does not exist there
# Arguments: none
# Told: clone vfork fork
# Control: plain
import subprocess

FORK, CLONE, CLONE3, SIGCHLD = 57, 56, 435, 17


def child_of(pid):
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


attempt("os.fork", lambda: child_of(os.fork()))
attempt("posix_spawn", lambda: os.waitpid(os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}), 0))
attempt("subprocess", lambda: subprocess.run([sys.executable, "-c", ""]))
attempt("fork", lambda: child_of(syscall(FORK)))
attempt("clone", lambda: child_of(syscall(CLONE, SIGCHLD, 0, 0, 0, 0)))
arguments = (ctypes.c_uint64 * 8)(0, 0, 0, 0, SIGCHLD)
attempt("clone3", lambda: child_of(syscall(CLONE3, arguments, ctypes.sizeof(arguments))))
