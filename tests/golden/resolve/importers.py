import importlib
import sys
import random
import builtins

__import__("os").system("id")  # finding: call.denied os.system
__import__("o" + "s").popen("id")  # finding: call.denied os.popen
importlib.import_module("os").system("id")  # finding: call.denied os.system
importlib.import_module(name="ctypes")  # finding: import.denied ctypes via importlib.import_module
__import__("socket")  # finding: import.denied socket via __import__
importlib.import_module("xml.dom")
sys.modules["os"].system("id")  # finding: call.denied os.system
sys.modules["ctypes"]  # finding: import.denied ctypes via sys.modules
sys.modules.get("socket")  # finding: import.denied socket via sys.modules
random._os.system("id")  # finding: call.denied os.system via random._os.system
globals()["sys"].modules["os"].system("id")  # finding: call.denied os.system
builtins.exec("1")  # finding: call.denied exec
builtins.__dict__["exec"]("1")  # finding: call.denied exec via __dict__
__builtins__.exec("1")  # finding: call.denied exec
getattr(builtins, "exec")("1")  # finding: call.denied exec via getattr
globals()["__builtins__"]["exec"]("1")  # finding: call.denied exec via __builtins__
print.__self__.exec("1")  # finding: call.denied exec
imp = __import__
imp("os").system("id")  # finding: call.denied os.system
import posix
posix.system("id")  # finding: call.denied os.system via posix.system
import queue
queue.threading._os.system("id")  # finding: call.denied os.system via queue.threading._os.system
