"""Nothing here is harmful: all of it must run, print what it prints in Python, and raise no alert."""
import abc
import array
import asyncio
import atexit
import collections
import contextlib
import copy
import csv
import dataclasses
import enum
import functools
import gc
import glob
import hashlib
import importlib
import inspect
import io
import json
import logging
import os
import pathlib
import pickle
import platform
import shelve
import shutil
import sqlite3
import string
import struct
import sys
import tempfile
import threading
import time
import traceback
import typing
import unittest
import uuid
import weakref
import zipfile
from urllib.parse import quote, urlsplit


class Point(typing.NamedTuple):
    x: int
    y: int = 0


@dataclasses.dataclass(frozen=True)
class Item:
    name: str
    price: float = 1.0


class Colour(enum.Enum):
    RED = 1


class Engine:
    """Methods called like dangerous functions are its own."""

    def system(self, command):
        return "engine " + command

    def eval(self):
        return self.__class__.__name__, sorted(self.__dict__)

    def __getattr__(self, name):
        return "dynamic " + name


def files():
    os.makedirs("out/deep", exist_ok=True)
    with open("out/deep/a.txt", "w") as handle:
        handle.write("one\ntwo\n")
    path = pathlib.Path("out") / "b.txt"
    path.write_text("three")
    shutil.copy(path, "out/c.txt")
    os.rename("out/c.txt", "out/d.txt")
    print(sorted(os.listdir("out")), path.read_text(), os.path.getsize("out/deep/a.txt"))
    print(sorted(glob.glob("out/*.txt")), [sorted(names) for _, _, names in os.walk("out")])
    with zipfile.ZipFile("out/z.zip", "w") as archive:
        archive.write("out/b.txt")
    print(zipfile.ZipFile("out/z.zip").namelist(), os.path.join("a", "..", "b"), os.getcwd() == os.path.abspath("."))
    os.chmod("out/b.txt", 0o600)
    os.remove("out/d.txt")
    shutil.rmtree("out")
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as named:
        print(os.path.isdir(folder), os.path.dirname(named.name) == tempfile.gettempdir())
    with open("/tmp/scratch", "w+") as handle:
        print(handle.writable())
    os.unlink("/tmp/scratch")
    with shelve.open("/tmp/shelf") as shelf:
        shelf["key"] = [1, 2]
        print(shelf["key"])
    for left in glob.glob("/tmp/shelf*"):
        os.remove(left)


def dynamic():
    scope = {}
    exec("answer = 6 * 7", scope)
    print(eval("1 + 2"), scope["answer"], eval(compile("3 * 3", "<sum>", "eval")))
    engine = Engine()
    print(engine.system("start"), engine.eval(), getattr(engine, "sys" + "tem")("x"), engine.popen)
    print(importlib.import_module("math").sqrt(16), getattr(os, "sep"), hasattr(os, "getcwd"))
    module = sys.modules[__name__]
    print(type(engine).__mro__[-1].__name__, vars(module)["Point"](1), callable(globals()["files"]))


async def concurrency():
    async def work(number):
        await asyncio.sleep(0.001)
        return number * number

    print(await asyncio.gather(*(work(n) for n in range(4))))
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, len, "abc"))
    queue = asyncio.Queue()
    await queue.put(1)
    print(await asyncio.wait_for(queue.get(), 5))


def introspection():
    print(str(inspect.signature(files)), inspect.isgeneratorfunction(files), files.__code__.co_argcount)
    try:
        {}["missing"]
    except KeyError:
        print(traceback.format_exc().splitlines()[-1], sys.exc_info()[0].__name__)
    print(gc.collect() >= 0, sys.getsizeof(1) > 0, sys.version_info >= (3, 10), platform.system())
    reference = weakref.ref(Engine())
    print(reference() is None, copy.deepcopy([Item("a")]), pickle.loads(pickle.dumps(Point(1, 2))))


def everything_else():
    logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s")
    logging.warning("a warning")
    counter = collections.Counter("mississippi")
    print(counter.most_common(2), array.array("i", [1, 2]).tolist(), struct.pack(">I", 7).hex())
    print(hashlib.md5(b"x").hexdigest()[:8], uuid.UUID(int=1).hex[-4:], string.Template("$a").substitute(a=1))
    print(json.loads(json.dumps({"a": [1, None]})), list(csv.reader(io.StringIO("a,b\n"))))
    print(quote("a b/ü"), urlsplit("http://host/path?q=1").query, functools.reduce(max, [3, 1]))
    with sqlite3.connect(":memory:") as database:
        print(database.execute("SELECT 1 + 1").fetchone())
    results = []
    threads = [threading.Thread(target=results.append, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with contextlib.suppress(ZeroDivisionError):
        1 / 0
    started = time.perf_counter()
    time.sleep(0.001)
    print(sorted(results), time.perf_counter() > started, Colour.RED, issubclass(Engine, abc.ABC))
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Check)
    print(unittest.TextTestRunner(stream=io.StringIO()).run(suite).wasSuccessful())
    print("environment", os.environ.get("NOBODY_SETS_THIS"), isinstance(os.environ.get("PATH", ""), str))


class Check(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(sum([1, 2]), 3)


atexit.register(print, "bye")
print("name:", input("who? "))
files()
dynamic()
asyncio.run(concurrency())
introspection()
everything_else()
