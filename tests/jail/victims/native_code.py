# Attack: brings in machine code of its own, in each way that memory can become executable.
# Source: shell code; the two holes that PR_SET_MDWE leaves: memfd_create, and files that can be written
# Stopped by: seccomp (told), noexec on all that can be written, PR_SET_MDWE where the kernel has it
# Arguments: none
# Told: mmap mprotect pkey_mprotect memfd_create personality
# Control: plain
import mmap
import tempfile

MMAP, MPROTECT, PKEY_MPROTECT, MEMFD_CREATE, PERSONALITY, SHMGET, SHMAT = 9, 10, 329, 319, 135, 29, 30
READ, WRITE, EXECUTE = mmap.PROT_READ, mmap.PROT_WRITE, mmap.PROT_EXEC
ANONYMOUS = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
READ_IMPLIES_EXEC, SHM_EXEC = 0x0400000, 0o100000
HIGH_BIT = 1 << 32  # the kernel does not look at it, a careless filter does


def page(protection, flags=ANONYMOUS, fd=-1):
    return syscall(MMAP, 0, mmap.PAGESIZE, protection, flags, fd, 0)


data = page(READ | WRITE)
file = tempfile.TemporaryFile()
file.write(b"\xc3" * mmap.PAGESIZE)
file.flush()

attempt("all three", lambda: page(READ | WRITE | EXECUTE))
attempt("all three, with a high bit", lambda: page(READ | WRITE | EXECUTE | HIGH_BIT))
attempt("anonymous and executable", lambda: page(READ | EXECUTE))
attempt("a file of its own", lambda: page(READ | EXECUTE, mmap.MAP_PRIVATE, file.fileno()))
attempt("a file of its own, shared", lambda: page(READ | EXECUTE, mmap.MAP_SHARED, file.fileno()))
attempt("data made executable", lambda: syscall(MPROTECT, data, mmap.PAGESIZE, READ | EXECUTE))
attempt("the same, with a high bit", lambda: syscall(MPROTECT, data, mmap.PAGESIZE, READ | EXECUTE | HIGH_BIT),
        reached=[errno.EINVAL])
attempt("with a protection key", lambda: syscall(PKEY_MPROTECT, data, mmap.PAGESIZE, READ | EXECUTE, -1))
attempt("a file in memory", lambda: os.close(syscall(MEMFD_CREATE, b"code", 0)))
attempt("a shared segment", lambda: syscall(SHMGET, 0, mmap.PAGESIZE, 0o1700))
attempt("reading means executing", lambda: syscall(PERSONALITY, READ_IMPLIES_EXEC))
