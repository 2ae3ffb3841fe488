import os
import base64
import codecs

getattr(os, "metsys"[::-1])  # finding: call.denied os.system via getattr
getattr(os, "%s%s" % ("sys", "tem"))  # finding: call.denied os.system via getattr
getattr(os, "{}{}".format("sys", "tem"))  # finding: call.denied os.system via getattr
half = "sys"
getattr(os, f"{half}tem")  # finding: call.denied os.system via getattr
getattr(os, "".join(["sys", "tem"]))  # finding: call.denied os.system via getattr
getattr(os, "".join(map(chr, [115, 121, 115, 116, 101, 109])))  # finding: call.denied os.system via getattr
getattr(os, "".join(chr(c) for c in (115, 121, 115, 116, 101, 109)))  # finding: call.denied os.system via getattr
getattr(os, "".join(chr(ord(c) - 1) for c in "tztufn"))  # finding: call.denied os.system via getattr
getattr(os, "".join(reversed("metsys")))  # finding: call.denied os.system via getattr
getattr(os, "SYSTEM".lower())  # finding: call.denied os.system via getattr
getattr(os, "syXtem".replace("X", "s"))  # finding: call.denied os.system via getattr
getattr(os, bytes([115, 121, 115, 116, 101, 109]).decode())  # finding: call.denied os.system via getattr
getattr(os, bytes.fromhex("73797374656d").decode())  # finding: call.denied os.system via getattr
getattr(os, base64.b64decode("c3lzdGVt").decode())  # finding: call.denied os.system via getattr
getattr(os, codecs.decode("flfgrz", "rot13"))  # finding: call.denied os.system via getattr
getattr(os, "a system".split(" ")[1])  # finding: call.denied os.system via getattr
getattr(os, "xsystemx"[1:-1])  # finding: call.denied os.system via getattr
word = "sys"
word += "tem"
getattr(os, word)  # finding: call.denied os.system via getattr
getattr(os, "system" * 1)  # finding: call.denied os.system via getattr
getattr(os, "".join(c for c in "s.y.s.t.e.m".split(".")))  # finding: call.denied os.system via getattr
getattr(os, chr(115) + "ystem")  # finding: call.denied os.system via getattr
getattr(os, "sep")
getattr(os, "%d" % 3)
getattr(os, str(1) + "x")
