# Attack: keeps something in the kernel's keyrings, which no namespace divides.
# Source: CVE-2016-0728
# Stopped by: seccomp (told)
# Arguments: none
# Told: add_key request_key keyctl
# Control: plain
ADD_KEY, REQUEST_KEY, KEYCTL = 248, 249, 250
PROCESS_KEYRING = -2

attempt("add_key", lambda: syscall(ADD_KEY, b"user", b"pysb-test", b"x", 1, PROCESS_KEYRING))
attempt("request_key", lambda: syscall(REQUEST_KEY, b"user", b"pysb-none", None, 0), reached=[errno.ENOKEY])
attempt("keyctl", lambda: syscall(KEYCTL, 0, PROCESS_KEYRING, 1))
