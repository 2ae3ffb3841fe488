def f():
    pass


f.__globals__  # finding: attr.denied __globals__
f.__globals__["x"].f_back.f_back  # finding: attr.denied __globals__
().__class__.__base__.__subclasses__()  # finding: attr.denied __subclasses__
f.__globals__ = {}  # finding: attr.denied __globals__
del f.__globals__  # finding: attr.denied __globals__
"{0.__globals__}".format(f)  # finding: attr.denied __globals__ in a format string
"{f.a.__globals__[x]!r:>3}".format(f=f)  # finding: attr.denied __globals__ in a format string
"{{0.__globals__}}".format(f)
"{0.name}".format(f)
template = "{0.__globals__}"
template.format(f)  # finding: attr.denied __globals__ in a format string
"__globals__"
f"{f.__globals__}"  # finding: attr.denied __globals__
"{0} __globals__.".format(f)
