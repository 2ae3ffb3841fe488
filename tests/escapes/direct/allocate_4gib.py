# Attack: holds 4 GiB of memory, of three kinds.
# Source: CWE-789.
# Stopped by: kernel (RLIMIT_AS and RLIMIT_DATA, or a memory cgroup; size-capped tmpfs).
# Must not happen: 4 GiB are held at once.
# Arguments: none
# Sentinel: stdout held-4096
# Verdict: ok memory_limit killed
# Default policy: none
# Jail alone: none
import mmap

MIB = 1 << 20
CHUNK = 64 * MIB


def heap():
    return bytes(CHUNK)


def private_map():
    return mmap.mmap(-1, CHUNK, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def shared_map():
    return mmap.mmap(-1, CHUNK, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)


for kind in (heap, private_map, shared_map):
    held = []
    try:
        for _ in range(4096 * MIB // CHUNK):
            held.append(kind())
    except (MemoryError, OSError) as error:
        print(kind.__name__, type(error).__name__)
    print(kind.__name__, f"held-{len(held) * CHUNK // MIB}", flush=True)
