# Attack: becomes somebody else.
# Source: set-uid programs and leftover capabilities
# Stopped by: seccomp (told), no capability, no new privileges
# Arguments: none
# Told: setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid capset sethostname
# Control: throw-away
SETFSUID, SETFSGID, CAPSET, SETHOSTNAME = 122, 123, 126, 170
VERSION_3 = 0x20080522  # linux/capability.h

attempt("setuid", lambda: os.setuid(0))
attempt("setgid", lambda: os.setgid(0))
attempt("setreuid", lambda: os.setreuid(0, 0))
attempt("setregid", lambda: os.setregid(0, 0))
attempt("setresuid", lambda: os.setresuid(0, 0, 0))
attempt("setresgid", lambda: os.setresgid(0, 0, 0))
attempt("setfsuid", lambda: syscall(SETFSUID, 0))
attempt("setfsgid", lambda: syscall(SETFSGID, 0))
attempt("sethostname", lambda: syscall(SETHOSTNAME, b"jail", 4))
attempt("capset", lambda: syscall(CAPSET, (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()))
