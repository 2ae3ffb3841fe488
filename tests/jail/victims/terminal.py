# Attack: types into the terminal of whoever started the sandbox.
# Source: CVE-2017-5226 (TIOCSTI), CVE-2019-7303 (the same with a high bit), CVE-2023-28100 (TIOCLINUX)
# Stopped by: seccomp (told); there is no terminal
# Arguments: none
# Told: ioctl
# Control: plain
IOCTL = 16
TIOCSTI, TIOCLINUX, TCSETS, TIOCSCTTY = 0x5412, 0x541C, 0x5402, 0x540E
HIGH_BIT = 1 << 32
byte = ctypes.create_string_buffer(b"x")
NO_TERMINAL = [errno.ENOTTY]

for name, request in {"TIOCSTI": TIOCSTI, "TIOCSTI with a high bit": TIOCSTI | HIGH_BIT, "TIOCLINUX": TIOCLINUX,
                      "TCSETS": TCSETS, "TIOCSCTTY": TIOCSCTTY}.items():
    attempt(name, lambda: syscall(IOCTL, 0, request, byte), reached=NO_TERMINAL)
