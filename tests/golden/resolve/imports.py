import os
import os as o
import os.path as p
from os import system as run  # finding: call.denied os.system
from os import getcwd, popen  # finding: call.denied os.popen
import ctypes.util  # finding: import.denied ctypes.util
import socket, json  # finding: import.denied socket
from socket import AF_INET  # finding: import.denied socket.AF_INET

os.system("id")  # finding: call.denied os.system
o.system("id")  # finding: call.denied os.system
run("id")
p.join("a", "b")
os.path.join("a", "b")
socket.socket()


def inside():
    import os as inner
    inner.execv("/bin/sh", [])  # finding: call.denied os.execv


try:
    import os as guarded
except ImportError:
    guarded = None
guarded.system("id")  # finding: call.denied os.system
from os import 𝐬𝐲𝐬𝐭𝐞𝐦 as wide  # finding: call.denied os.system
os.𝐬𝐲𝐬𝐭𝐞𝐦("id")  # finding: call.denied os.system
