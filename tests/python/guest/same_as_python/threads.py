import atexit
import threading
import time


def work():
    time.sleep(0.05)
    print("worker ends", threading.current_thread().name, threading.main_thread() is threading.current_thread())


atexit.register(print, "exit function")
threading.Thread(target=work, name="one").start()
print("main ends", threading.current_thread() is threading.main_thread())
