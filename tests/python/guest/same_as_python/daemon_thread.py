import threading
import time

NUMBER = 1
started = threading.Event()


def forever():
    started.set()
    while True:
        time.sleep(0.001)
        len([NUMBER] * 100)


threading.Thread(target=forever, daemon=True).start()
started.wait()
print("main ends")
