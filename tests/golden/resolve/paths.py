import os
import io
import shutil
from pathlib import Path

open("/etc/passwd")  # finding: path.denied open("/etc/passwd")
open("/data/in.txt")
open("/data/in.txt", "w")  # finding: path.denied open("/data/in.txt")
open("/data/out/x", mode="w")
open("/data/../etc/passwd")  # finding: path.denied open("/data/../etc/passwd")
open(file="/etc/passwd")  # finding: path.denied open("/etc/passwd")
open("note.txt", "w")
open("../outside")  # finding: path.denied open("../outside")
io.open("/etc/passwd")  # finding: path.denied open("/etc/passwd")
secret = "/etc/shadow"
open(secret)  # finding: path.denied open("/etc/shadow")
for each in ("/etc/a", "/etc/b"):
    open(each)  # finding: path.denied open("/etc/a")
for each_of in ("/etc/a", "/data/b"):
    open(each_of)
open(input())
os.remove("/data/in.txt")  # finding: path.denied os.remove("/data/in.txt")
os.listdir("/")  # finding: path.denied os.listdir("/")
os.listdir()
os.rename("/data/out/a", "/etc/b")  # finding: path.denied os.rename("/etc/b")
shutil.copy("/etc/passwd", "/data/out/x")  # finding: path.denied shutil.copy("/etc/passwd")
shutil.rmtree("/data")  # finding: path.denied shutil.rmtree("/data")
Path("/etc/passwd").read_text()  # finding: path.denied pathlib.Path.read_text("/etc/passwd")
(Path("/etc") / "passwd").open()  # finding: path.denied pathlib.Path.open("/etc/passwd")
Path("/data/out/y").write_text("x")
Path("/data/y").write_text("x")  # finding: path.denied pathlib.Path.write_text("/data/y")
with open("/etc/hosts") as hosts:  # finding: path.denied open("/etc/hosts")
    hosts.read()
open(os.path.join("/etc", "passwd"))  # finding: path.denied open("/etc/passwd")
os.path.exists("/etc/passwd")
open(3)
opener = open
opener("/etc/passwd")  # finding: path.denied open("/etc/passwd")
open(Path("/etc/passwd"))  # finding: path.denied open("/etc/passwd")
Path("/etc").joinpath("passwd").read_text()  # finding: path.denied pathlib.Path.read_text("/etc/passwd")
