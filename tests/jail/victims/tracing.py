# Attack: takes over another process, or copies out of it.
# Source: CVE-2022-30594 (ptrace could switch a filter off)
# Stopped by: seccomp (told); pidfd_open does not exist there
# Arguments: none
# Told: process_vm_readv process_vm_writev pidfd_getfd kcmp process_madvise ptrace
# Control: plain
PTRACE, PROCESS_VM_READV, PROCESS_VM_WRITEV, KCMP = 101, 310, 311, 312
PIDFD_OPEN, PIDFD_GETFD, PROCESS_MADVISE = 434, 438, 440
PTRACE_TRACEME = 0

buffer = ctypes.create_string_buffer(b"memory")
target = ctypes.create_string_buffer(len(buffer))


def vector(of):
    return (ctypes.c_void_p * 2)(ctypes.addressof(of), len(buffer))


attempt("process_vm_readv", lambda: syscall(PROCESS_VM_READV, os.getpid(), vector(target), 1, vector(buffer), 1, 0))
attempt("process_vm_writev", lambda: syscall(PROCESS_VM_WRITEV, os.getpid(), vector(target), 1, vector(buffer), 1, 0))
attempt("pidfd_open", lambda: syscall(PIDFD_OPEN, os.getpid(), 0))
attempt("pidfd_getfd", lambda: syscall(PIDFD_GETFD, -1, 0, 0), reached=[errno.EBADF])
attempt("kcmp", lambda: syscall(KCMP, os.getpid(), os.getpid(), 0, 1, 1))
attempt("process_madvise", lambda: syscall(PROCESS_MADVISE, -1, vector(buffer), 1, 20, 0),
        reached=[errno.EBADF, errno.EINVAL])
attempt("ptrace", lambda: syscall(PTRACE, PTRACE_TRACEME, 0, 0, 0))
