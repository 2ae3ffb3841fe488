"""What the victims share. The driver puts this text before theirs; it runs in the jail and outside."""
import ctypes
import errno
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def syscall(number, *arguments):
    """Make a system call by its number; raise OSError when the kernel refuses."""
    longs = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = libc.syscall(ctypes.c_long(number), *longs)
    if result == -1:
        raise OSError(ctypes.get_errno(), "system call")
    return result


def attempt(name, action, reached=()):
    """Try it and print what came of it. An error of `reached` comes from behind the fence: it stood open."""
    try:
        action()
    except OSError as error:
        came_through = error.errno in reached
        print("worked:" if came_through else "refused:", name, errno.errorcode[error.errno], flush=True)
    else:
        print("worked:", name, flush=True)
