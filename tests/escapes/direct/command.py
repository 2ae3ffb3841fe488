# Attack: runs another program, by every call that Python has for it.
# Source: CWE-78; the first thing every escape ends in.
# Stopped by: static (calls to os.system and its kin, subprocess), kernel (seccomp refuses execve and processes).
# Must not happen: a second interpreter prints its product.
# Arguments: none
# Sentinel: stdout token-42
# Default policy: static:call.denied:os.system static:call.denied:os.popen static:call.denied:os.posix_spawn
#   static:call.denied:os.execv
# Jail alone: kernel:syscall.denied:execve kernel:syscall.denied:clone
import os
import subprocess
import sys

PRODUCT = "print('token-' + str(6 * 7), flush=True)"
ARGV = [sys.executable, "-I", "-c", PRODUCT]
SHELL = f'"{sys.executable}" -I -c "{PRODUCT}"'


def attempt(name, call):
    try:
        print(name, call())
    except Exception as error:
        print(name, type(error).__name__)


attempt("system", lambda: os.system(SHELL))
attempt("popen", lambda: os.popen(SHELL).read())
attempt("run", lambda: subprocess.run(ARGV, capture_output=True, text=True).stdout)
attempt("shell", lambda: subprocess.check_output(SHELL, shell=True))
attempt("posix_spawn", lambda: os.waitpid(os.posix_spawn(sys.executable, ARGV, {}), 0))
attempt("execv", lambda: os.execv(sys.executable, ARGV))
