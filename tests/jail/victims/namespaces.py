# Attack: makes namespaces, where the kernel gives every capability and much more code to attack.
# Source: CVE-2022-0185, CVE-2023-0386
# Stopped by: seccomp (told); clone3 does not exist there, because a filter cannot see its flags
# Arguments: none
# Told: unshare setns clone
# Control: throw-away
UNSHARE, SETNS, CLONE, CLONE3 = 272, 308, 56, 435
SIGCHLD = 17
FLAGS = {"time": 0x80, "mount": 0x20000, "cgroup": 0x2000000, "uts": 0x4000000, "ipc": 0x8000000,
         "user": 0x10000000, "pid": 0x20000000, "network": 0x40000000}


def child_of(pid):
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


attempt("setns", lambda: syscall(SETNS, 0, 0), reached=[errno.EINVAL, errno.EBADF])
attempt("clone", lambda: child_of(syscall(CLONE, FLAGS["user"] | SIGCHLD, 0, 0, 0, 0)))
arguments = (ctypes.c_uint64 * 8)(FLAGS["user"], 0, 0, 0, SIGCHLD)
attempt("clone3", lambda: child_of(syscall(CLONE3, arguments, ctypes.sizeof(arguments))))
for name, flag in FLAGS.items():
    attempt("unshare " + name, lambda: syscall(UNSHARE, flag))
