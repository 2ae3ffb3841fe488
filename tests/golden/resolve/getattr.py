import os
from functools import partial
from operator import attrgetter, methodcaller
import operator

getattr(os, "system")("id")  # finding: call.denied os.system via getattr
getattr(os, "sys" + "tem")("id")  # finding: call.denied os.system via getattr
name = "system"
getattr(os, name)("id")  # finding: call.denied os.system via getattr
g = getattr
g(os, name)("id")  # finding: call.denied os.system via getattr
os.__dict__["system"]("id")  # finding: call.denied os.system via __dict__
vars(os)["system"]("id")  # finding: call.denied os.system via __dict__
vars(os).get("popen")("id")  # finding: call.denied os.popen via __dict__
attrgetter("system")(os)("id")  # finding: call.denied os.system via attrgetter
methodcaller("system", "id")(os)  # finding: call.denied os.system via attrgetter
partial(getattr, os)("system")("id")  # finding: call.denied os.system via getattr
list(map(partial(getattr, os), ["popen"]))  # finding: call.denied os.popen via getattr
os.__getattribute__("system")("id")  # finding: call.denied os.system via __getattribute__
operator.getitem(vars(os), "system")  # finding: call.denied os.system via __dict__
getattr(os, "sep")
getattr(object(), "system")


class Own:
    def system(self):
        return 1


getattr(Own(), "system")()
getattr((), "__class__")
getattr(type, "__subclasses__")  # finding: attr.denied __subclasses__ via getattr
setattr(Own, "__globals__", 1)  # finding: attr.denied __globals__ via setattr
attrgetter("a.__globals__")(Own)  # finding: attr.denied __globals__ via attrgetter
