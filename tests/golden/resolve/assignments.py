import os

a = os.system  # finding: call.denied os.system
a("id")
b = os
b.system("id")  # finding: call.denied os.system
c, (d, *e) = 1, (os, 2)
d.system("id")  # finding: call.denied os.system
if (f := os):
    f.popen("id")  # finding: call.denied os.popen
g = os if a else None
g.system("id")  # finding: call.denied os.system
h = None or os
h.system("id")  # finding: call.denied os.system
i: object = os
i.system("id")  # finding: call.denied os.system
j = k = os
k.system("id")  # finding: call.denied os.system
for m in (os, 3):
    m.system("id")  # finding: call.denied os.system
[n.system("id") for n in [os]]  # finding: call.denied os.system
q = [x for x in (os,)]
q[0].system("id")  # finding: call.denied os.system
