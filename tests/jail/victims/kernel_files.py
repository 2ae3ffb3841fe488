# Attack: looks for the ways through /proc and /sys.
# Source: CVE-2019-5736, CVE-2025-31133: /proc/self/exe, masked paths
# Stopped by: mount namespace without procfs and sysfs
# Arguments: none
# Told: none
# Control: plain
attempt("own status", lambda: open("/proc/self/status").read())
attempt("own program", lambda: open("/proc/self/exe", "rb").close())
attempt("own descriptors", lambda: os.listdir("/proc/self/fd"))
attempt("root of process 1", lambda: os.stat("/proc/1"))
attempt("mounts", lambda: open("/proc/self/mountinfo").read())
attempt("kernel settings", lambda: os.listdir("/proc/sys/kernel"))
attempt("devices", lambda: os.listdir("/sys/devices"))
attempt("host name file", lambda: open("/etc/hostname").read())
attempt("shared memory", lambda: os.listdir("/dev/shm"))
