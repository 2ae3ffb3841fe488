# Attack: makes a second process of itself.
# Source: CWE-400; the way to a life beyond the run.
# Stopped by: static (os.fork, multiprocessing), kernel (seccomp refuses fork, vfork and clone but for threads).
# Must not happen: a child prints its line.
# Arguments: none
# Sentinel: stdout child-42
# Default policy: static:call.denied:os.fork static:call.denied:os.forkpty static:import.denied:multiprocessing
# Jail alone: kernel:syscall.denied:clone
import multiprocessing
import os


def child():
    print("child-" + str(6 * 7), flush=True)


def plain():
    if os.fork() == 0:
        child()
        os._exit(0)
    os.wait()


def terminal():
    pid, descriptor = os.forkpty()
    if pid == 0:
        child()
        os._exit(0)
    print(os.read(descriptor, 100))


def process():
    context = multiprocessing.get_context("fork")
    worker = context.Process(target=child)
    worker.start()
    worker.join()


for way in (plain, terminal, process):
    try:
        way()
    except Exception as error:
        print(way.__name__, type(error).__name__)
print("parent goes on")
