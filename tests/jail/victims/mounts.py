# Attack: mounts, changes the root, and the newer calls that lists of denied ones forget.
# Source: CVE-2021-41133: mount calls newer than the deny list
# Stopped by: seccomp (told), no capability
# Arguments: none
# Told: mount umount2 chroot pivot_root open_tree fsopen move_mount mount_setattr name_to_handle_at
# Control: throw-away
import tempfile

MOUNT, UMOUNT2, CHROOT, PIVOT_ROOT = 165, 166, 161, 155
OPEN_TREE, MOVE_MOUNT, FSOPEN, MOUNT_SETATTR, NAME_TO_HANDLE_AT = 428, 429, 430, 442, 303
AT_FDCWD = -100
here = tempfile.mkdtemp().encode()
handle = ctypes.create_string_buffer((128).to_bytes(4, "little"), 256)

attempt("mount", lambda: syscall(MOUNT, b"none", here, b"tmpfs", 0, None))
attempt("umount2", lambda: syscall(UMOUNT2, here, 0))
attempt("open_tree", lambda: syscall(OPEN_TREE, AT_FDCWD, b"/tmp", 1))
attempt("fsopen", lambda: syscall(FSOPEN, b"tmpfs", 0))
attempt("move_mount", lambda: syscall(MOVE_MOUNT, -1, b"", -1, b"", 4),
        reached=[errno.EBADF, errno.EINVAL, errno.ENOENT])
attempt("mount_setattr", lambda: syscall(MOUNT_SETATTR, AT_FDCWD, here, 0, None, 0), reached=[errno.EINVAL])
attempt("name_to_handle_at",
        lambda: syscall(NAME_TO_HANDLE_AT, AT_FDCWD, b"/tmp", handle, ctypes.byref(ctypes.c_int()), 0),
        reached=[errno.EOPNOTSUPP, errno.EOVERFLOW])
attempt("pivot_root", lambda: syscall(PIVOT_ROOT, here, here), reached=[errno.EINVAL, errno.EBUSY])
os.rmdir(here)
attempt("chroot", lambda: syscall(CHROOT, b"/tmp"))
