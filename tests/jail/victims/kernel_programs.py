# Attack: gives the kernel work that no filter sees, or holds it still in the middle of a copy.
# Source: io_uring's record of bugs; userfaultfd in most race exploits
# Stopped by: seccomp (told)
# Arguments: none
# Told: io_uring_setup io_uring_enter io_uring_register userfaultfd perf_event_open
# Control: plain
IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER, USERFAULTFD, PERF_EVENT_OPEN = 425, 426, 427, 323, 298
USER_MODE_ONLY = 1
parameters = ctypes.create_string_buffer(120)

attempt("io_uring_setup", lambda: os.close(syscall(IO_URING_SETUP, 1, parameters)))
attempt("io_uring_enter", lambda: syscall(IO_URING_ENTER, -1, 0, 0, 0, None, 0), reached=[errno.EBADF])
attempt("io_uring_register", lambda: syscall(IO_URING_REGISTER, 0, 0, None, 0),
        reached=[errno.EBADF, errno.EOPNOTSUPP, errno.EINVAL])
attempt("userfaultfd", lambda: os.close(syscall(USERFAULTFD, USER_MODE_ONLY)))
attempt("perf_event_open", lambda: syscall(PERF_EVENT_OPEN, None, 0, -1, -1, 0), reached=[errno.EFAULT])
