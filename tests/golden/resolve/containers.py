import os

tools = {"run": os, "other": 1}
tools["run"].system("id")  # finding: call.denied os.system
tools["other"].system("id")
tools.get("run").system("id")  # finding: call.denied os.system
pair = (1, os)
pair[1].system("id")  # finding: call.denied os.system
pair[-1].system("id")  # finding: call.denied os.system
(1, os)[1:][0].system("id")  # finding: call.denied os.system
nested = [[os]]
nested[0][0].system("id")  # finding: call.denied os.system
late = []
late.append(os)
late[0].system("id")  # finding: call.denied os.system
store = {}
store["x"] = os
store["x"].system("id")  # finding: call.denied os.system
table = [os.system, print]  # finding: call.denied os.system
table[0]("id")
for name, value in {"a": os}.items():
    value.system("id")  # finding: call.denied os.system
merged = {**tools}
merged["run"].system("id")  # finding: call.denied os.system
both = [1] + [os]
both[1].system("id")  # finding: call.denied os.system
dict(k=os)["k"].system("id")  # finding: call.denied os.system
