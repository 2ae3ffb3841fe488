"""The command line: what is taken as a program, what passes through untouched, exit statuses, the lines on stderr."""
from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

import driver
from driver import Sandbox

HARM = "import os\nprint('before')\nos.system('id')\nprint('after')\n"
RESULT_KEYS = {"schema", "run_id", "policy_hash", "verdict", "exit_code", "signal", "truncated", "error", "findings",
               "left_behind", "usage", "isolation"}
FINDING_KEYS = {"rule", "severity", "message", "subject", "action", "layer", "origin", "count", "file", "line",
                "column", "end_line", "end_column", "source", "hint"}


def outside(sandbox: Sandbox, *arguments: str, stdin: bytes = b"") -> driver.Finished:
    """Run plain Python on a harmless program, to compare with."""
    return driver.finish(sandbox.account.command(["/usr/bin/python3", "-I", "-B", *arguments]), stdin=stdin,
                         cwd=sandbox.workdir, env=sandbox.environment())


# What is the program


def test_code_on_the_command_line(sandbox: Sandbox) -> None:
    done = sandbox.run("print('Hello World')")
    assert (done.code, done.stdout, done.stderr) == (0, b"Hello World\n", b"")


def test_an_existing_path_is_a_file(sandbox: Sandbox) -> None:
    sandbox.write("print(1)", "print('from the file')")
    assert sandbox.run("print(1)").out == "from the file\n"


def test_c_forces_code(sandbox: Sandbox) -> None:
    sandbox.write("print(1)", "print('from the file')")
    assert sandbox.run("-c", "print(1)").out == "1\n"


def test_a_dash_reads_the_program_from_standard_input(sandbox: Sandbox) -> None:
    done = sandbox.run("-", "x", stdin=b"import sys\nprint(sys.argv, repr(sys.stdin.read()))\n")
    assert done.out == "['-', 'x'] ''\n"


def test_a_missing_py_file_is_no_code(sandbox: Sandbox) -> None:
    done = sandbox.run("missing.py")
    assert done.code == 125
    assert done.stdout == b""
    assert "missing.py: no such file" in done.err


def test_a_directory_is_no_program(sandbox: Sandbox) -> None:
    (sandbox.workdir / "folder").mkdir()
    done = sandbox.run("folder")
    assert done.code == 125
    assert "folder" in done.err


def test_no_program_at_all(sandbox: Sandbox) -> None:
    done = sandbox.run()
    assert done.code == 125
    assert "--help" in done.err


def test_an_empty_program_runs(sandbox: Sandbox) -> None:
    done = sandbox.run("-c", "")
    assert (done.code, done.stdout, done.stderr) == (0, b"", b"")


def test_a_file_with_odd_line_ends_and_a_mark_in_front(sandbox: Sandbox) -> None:
    sandbox.write("odd.py", b"\xef\xbb\xbfx = 1\r\nif x:\r\n    print('ok')\r\n")
    assert sandbox.run("odd.py").out == "ok\n"


# What the program sees


@pytest.mark.parametrize("how", ["code", "-c", "file"])
def test_arguments_are_the_program_s(sandbox: Sandbox, how: str) -> None:
    text = "import sys; print(sys.argv)"
    sandbox.write("show.py", text)
    first = {"code": [text], "-c": ["-c", text], "file": ["show.py"]}[how]
    zeroth = "show.py" if how == "file" else "-c"
    done = sandbox.run(*first, "a b", "--json", "--limit", "wall=1ms", "-i", "", "ü", "--", "-c")
    assert done.out == f"['{zeroth}', 'a b', '--json', '--limit', 'wall=1ms', '-i', '', 'ü', '--', '-c']\n"


def test_standard_input_passes_through(sandbox: Sandbox) -> None:
    data = bytes(range(256)) * 1000
    done = sandbox.run("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])", stdin=data)
    assert done.stdout == data[::-1]


def test_input_asks_and_answers(sandbox: Sandbox) -> None:
    done = sandbox.run("name = input('name? '); print('hi', name)", stdin=b"Ada\n")
    assert done.out == "name? hi Ada\n"


def test_an_open_standard_input_that_nobody_reads_does_not_hold_the_run_up(sandbox: Sandbox) -> None:
    reader, writer = os.pipe()
    try:
        done = subprocess.run(sandbox.argv("print(1)"), stdin=reader, capture_output=True, cwd=sandbox.workdir,
                              env=sandbox.environment(), timeout=driver.PATIENCE, check=False)
    finally:
        os.close(reader)
        os.close(writer)
    assert done.stdout == b"1\n"


def test_output_that_is_no_text_passes_byte_for_byte(sandbox: Sandbox) -> None:
    done = sandbox.run("import sys\n"
                       "sys.stdout.buffer.write(bytes(range(256)))\n"
                       "sys.stderr.buffer.write(bytes(range(255, -1, -1)))")
    assert done.stdout == bytes(range(256))
    assert done.stderr == bytes(range(255, -1, -1))


def test_the_environment_is_empty_of_ours(sandbox: Sandbox) -> None:
    sandbox.env["PYSB_CANARY"] = "secret"
    done = sandbox.run("import os; print(dict(os.environ))")
    assert "secret" not in done.out
    assert str(sandbox.home) not in done.out


def test_the_program_s_name_and_directory(sandbox: Sandbox) -> None:
    sandbox.write("where.py", "import os, sys\nprint(__name__, __file__, os.getcwd(), sys.path[0])")
    assert sandbox.run("where.py").out == "__main__ /workspace/where.py /workspace /workspace\n"


def test_modules_and_packages_beside_the_file_import(sandbox: Sandbox) -> None:
    sandbox.write("dir/main.py", "import helper, pack.part\nprint(helper.ONE + pack.part.TWO)")
    sandbox.write("dir/helper.py", "ONE = 1")
    sandbox.write("dir/pack/__init__.py", "")
    sandbox.write("dir/pack/part.py", "TWO = 2")
    assert sandbox.run("dir/main.py").out == "3\n"


# How it ends


@pytest.mark.parametrize(("code", "status", "stderr"), [
    ("pass", 0, ""),
    ("import sys; sys.exit()", 0, ""),
    ("import sys; sys.exit(7)", 7, ""),
    ("import sys; sys.exit(True)", 1, ""),
    ("import sys; sys.exit(256 + 3)", 3, ""),
    ("raise SystemExit('a message')", 1, "a message\n"),
    ("import os; os._exit(9)", 9, ""),
    ("import atexit, sys; atexit.register(print, 'bye', file=sys.stderr)", 0, "bye\n"),
])
def test_exit_status_is_the_program_s(sandbox: Sandbox, code: str, status: int, stderr: str) -> None:
    done = sandbox.run(code)
    assert (done.code, done.err) == (status, stderr)


def test_an_exception_looks_as_in_python(sandbox: Sandbox) -> None:
    text = ("def deep(n):\n"
            "    if n == 0:\n"
            "        return {}['missing']\n"
            "    return deep(n - 1)\n"
            "try:\n"
            "    deep(2)\n"
            "except KeyError as error:\n"
            "    raise ValueError('wrapped') from error\n")
    sandbox.write("fails.py", text)
    ours = sandbox.run("fails.py")
    plain = outside(sandbox, "fails.py")
    assert ours.code == plain.code == 1
    assert ours.err.replace("/workspace/fails.py", "F") == plain.err.replace(str(sandbox.workdir / "fails.py"), "F")


@pytest.mark.parametrize("text", [
    "print('unclosed\n",
    "def f(:\n    pass\n",
    "if True:\nprint(1)\n",
    "x = = 1\n",
    "return 1\n",
    "a = 1\n\tb = 2\n",
    "nonlocal x\n",
])
def test_a_syntax_error_looks_as_in_python(sandbox: Sandbox, text: str) -> None:
    sandbox.write("broken.py", text)
    ours = sandbox.run("broken.py")
    plain = outside(sandbox, "broken.py")
    assert ours.code == plain.code == 1
    assert ours.out == ""
    assert ours.err.replace("/workspace/broken.py", "F") == plain.err.replace(str(sandbox.workdir / "broken.py"), "F")


def test_python_s_code_argument_and_ours_fail_alike(sandbox: Sandbox) -> None:
    ours = sandbox.run("-c", "import sys\n1 / 0")
    plain = outside(sandbox, "-c", "import sys\n1 / 0")
    assert (ours.code, ours.err) == (plain.code, plain.err)


def test_a_limit_of_time_gives_124_and_keeps_what_was_printed(sandbox: Sandbox) -> None:
    done = sandbox.run("--limit", "wall=500ms", "print('so far')\nwhile True: pass")
    assert (done.code, done.out) == (124, "so far\n")
    assert "500 ms" in done.err


def test_sleeping_uses_up_wall_time_only(sandbox: Sandbox) -> None:
    result = sandbox.run_json("--limit", "wall=300ms", "import time; time.sleep(60)")
    assert (result["verdict"], result["exit_code"]) == ("timeout", None)
    assert result["signal"] == signal.SIGKILL


def test_a_limit_of_cpu_time_gives_124(sandbox: Sandbox) -> None:
    done = sandbox.run("--limit", "cpu=1s", "--limit", "wall=60s", "while True: pass")
    assert done.code == 124


def test_too_much_output_gives_137(sandbox: Sandbox) -> None:
    done = sandbox.run("--limit", "output=10KiB", "while True: print('x' * 99)")
    assert done.code == 137
    assert 0 < len(done.stdout) <= 10 * 1024
    assert set(done.stdout) <= set(b"x\n")


def test_a_signal_of_its_own_gives_137(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\nlayers: {static: false, interpreter: false}\n")
    result = sandbox.run_json("--policy", policy, "import os; os.kill(os.getpid(), 9)")
    assert (result["verdict"], result["exit_code"], result["signal"]) == ("killed", None, 9)
    assert sandbox.run("--policy", policy, "import os; os.kill(os.getpid(), 9)").code == 137


def test_a_blocked_program_gives_126_and_nothing_runs(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "calls: {deny: [{name: os.system, action: block}]}\n")
    done = sandbox.run("--policy", policy, HARM)
    assert (done.code, done.out) == (126, "")
    assert "os.system" in done.err


def test_a_reader_that_goes_away_ends_the_run(sandbox: Sandbox) -> None:
    with subprocess.Popen(sandbox.argv("--limit", "wall=60s", "while True: print('x' * 99, flush=True)"),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=sandbox.workdir,
                          env=sandbox.environment()) as process:
        process.stdout.readline()
        process.stdout.close()
        process.stderr.read()
        assert process.wait(timeout=driver.PATIENCE) != 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP],
                         ids=lambda number: number.name)
def test_when_py_sandbox_is_killed_nothing_of_the_run_lives_on(sandbox: Sandbox, number: signal.Signals) -> None:
    known = driver.children()
    program = ("import signal\nfor n in range(1, signal.NSIG):\n    try:\n        signal.signal(n, signal.SIG_IGN)\n"
               "    except (OSError, ValueError):\n        pass\nprint('up', flush=True)\nwhile True: pass")
    with subprocess.Popen(sandbox.argv("--limit", "wall=60s", "--limit", "cpu=60s", program), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, cwd=sandbox.workdir, env=sandbox.environment()) as process:
        assert process.stdout.readline() == b"up\n"
        while process.poll() is None:  # the first SIGINT is the program's, which ignores it
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.3)
        assert process.returncode != 0
        survivors = driver.reap_orphans(known)
    assert survivors == []


def test_an_interrupt_is_the_program_s_to_handle(sandbox: Sandbox) -> None:
    program = ("try:\n    print('up', flush=True)\n    while True: pass\n"
               "except KeyboardInterrupt:\n    print('tidied up')")
    with subprocess.Popen(sandbox.argv("--limit", "wall=60s", program), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, cwd=sandbox.workdir, env=sandbox.environment()) as process:
        assert process.stdout.readline() == b"up\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=driver.PATIENCE)
    assert (process.returncode, out, err) == (0, b"tidied up\n", b"")


# What the policy removes, and how it is told


def test_each_finding_is_one_line_and_the_rest_runs(sandbox: Sandbox) -> None:
    sandbox.write("harm.py", HARM)
    done = sandbox.run("harm.py")
    assert (done.code, done.out) == (0, "before\nafter\n")
    assert done.err == "py_sandbox: harm.py:3:1: call.denied: os.system removed | os.system('id')\n"


def test_quiet_says_nothing(sandbox: Sandbox) -> None:
    done = sandbox.run("--quiet", HARM)
    assert (done.code, done.out, done.err) == (0, "before\nafter\n", "")


@pytest.mark.parametrize(("action", "stdout", "status"), [
    ("remove", "<removed>\nend\n", 0),
    ("replace, with: [1, two]", "[1, 'two']\nend\n", 0),
    ("raise", "", 1),
    ("block", "", 126),
])
def test_actions(sandbox: Sandbox, action: str, stdout: str, status: int) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     f"calls: {{deny: [{{name: os.getlogin, action: {action}}}]}}\n")
    done = sandbox.run("--policy", policy, "import os\nprint(os.getlogin())\nprint('end')")
    assert (done.out, done.code) == (stdout, status)
    assert ("PermissionError" in done.err or "RemovedError" in done.err) == (action == "raise")


def test_alert_reports_and_lets_it_run(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "calls: {deny: [{name: math.sqrt, action: alert}]}\n")
    result = sandbox.run_json("--policy", policy, "import math\nprint(math.sqrt(16))")
    assert result["stdout"] == "4.0\n"
    assert [(f["subject"], f["action"]) for f in result["findings"]] == [("math.sqrt", "alert")]


def test_a_file_left_behind_is_named_in_one_line(sandbox: Sandbox) -> None:
    done = sandbox.run("for n in 'ab': open(n + '.txt', 'w').close()\nopen('/tmp/c.txt', 'w').close()")
    lines = done.err.splitlines()
    assert len(lines) == 1
    assert "a.txt" in lines[0] and "b.txt" in lines[0] and "c.txt" not in lines[0]
    assert list(sandbox.workdir.iterdir()) == []


def test_what_is_left_behind_is_looked_at_without_opening_it(sandbox: Sandbox) -> None:
    program = ("import contextlib, os\nos.symlink('/etc/passwd', 'link\\n\\x1b[31m')\nos.symlink('.', 'circle')\n"
               "os.makedirs('a/b')\nopen('a/b/c', 'w').close()\nos.chmod('a/b', 0)\n"
               "with contextlib.suppress(OSError):\n    os.mkfifo('pipe')")
    result = sandbox.run_json(program)
    assert result["verdict"] == "ok"
    assert {"a/b/c", "circle", "link\n\x1b[31m"} <= set(result["left_behind"]["files"])
    assert "\x1b" not in sandbox.run(program).err


# The result as JSON


def test_json_result(sandbox: Sandbox) -> None:
    sandbox.write("harm.py", HARM)
    done = sandbox.run("--json", "harm.py")
    assert done.code == 0
    assert done.stderr == b""
    assert done.out.count("\n") == 1
    result = json.loads(done.out)
    assert result.keys() == RESULT_KEYS | {"stdout", "stderr"}
    assert re.fullmatch(r"py_sandbox\.result/\d+", result["schema"])
    assert result["verdict"] == "ok"
    assert (result["exit_code"], result["signal"], result["truncated"], result["error"]) == (0, None, False, "")
    assert (result["stdout"], result["stderr"]) == ("before\nafter\n", "")
    assert result["usage"].keys() == {"wall_ms", "cpu_ms", "max_rss_bytes"}
    assert result["usage"]["max_rss_bytes"] > 1 << 20
    assert result["isolation"]["layers"] == {"static": True, "interpreter": True}
    [finding] = result["findings"]
    assert finding.keys() == FINDING_KEYS
    told = {key: finding[key] for key in ("rule", "subject", "action", "layer", "origin", "count", "file", "line",
                                          "column", "end_line", "end_column", "source")}
    assert told == {"rule": "call.denied", "subject": "os.system", "action": "remove", "layer": "static",
                    "origin": "supervisor", "count": 1, "file": "harm.py", "line": 3, "column": 1, "end_line": 3,
                    "end_column": 10, "source": "os.system('id')"}
    assert "os.system" in finding["hint"]


def test_json_runs_have_ids_of_their_own(sandbox: Sandbox) -> None:
    first, second = sandbox.run_json("1"), sandbox.run_json("1")
    assert first["run_id"] != second["run_id"]
    assert first["policy_hash"] == second["policy_hash"]
    assert sandbox.run_json("--limit", "wall=7s", "1")["policy_hash"] != first["policy_hash"]


@pytest.mark.parametrize(("code", "verdict", "exit_code"), [
    ("pass", "ok", 0),
    ("import sys; sys.exit(0)", "exit", 0),
    ("import sys; sys.exit(3)", "exit", 3),
    ("1 / 0", "error", 1),
    ("def f(:", "error", 1),
])
def test_json_verdicts(sandbox: Sandbox, code: str, verdict: str, exit_code: int) -> None:
    result = sandbox.run_json(code)
    assert (result["verdict"], result["exit_code"]) == (verdict, exit_code)


def test_json_names_the_uncaught_exception(sandbox: Sandbox) -> None:
    result = sandbox.run_json("\n1 / 0")
    assert "ZeroDivisionError" in result["error"] and "division by zero" in result["error"]


def test_json_has_base64_for_what_is_no_text(sandbox: Sandbox) -> None:
    result = sandbox.run_json("import sys; sys.stdout.buffer.write(b'\\xff\\x00'); print('x', file=sys.stderr)")
    assert result["stdout_base64"] == "/wA="
    assert "stdout" not in result
    assert result["stderr"] == "x\n"


def test_json_cannot_be_forged_by_the_program(sandbox: Sandbox) -> None:
    forged = '{"schema": "py_sandbox.result/1", "verdict": "ok", "findings": []}'
    done = sandbox.run("--json", f"import os\nprint({forged!r}, flush=True)\nos.system('id')\nos._exit(5)")
    assert done.out.count("\n") == 1
    result = json.loads(done.out)
    assert (result["verdict"] != "ok", result["exit_code"]) == (True, 5)
    assert [f["subject"] for f in result["findings"]] == ["os.system"]


def test_json_says_which_mechanisms_held(sandbox: Sandbox) -> None:
    mechanisms = sandbox.run_json("1")["isolation"]["mechanisms"]
    assert "seccomp" in mechanisms
    assert all(m["state"] in {"enforced", "reduced", "absent"} for m in mechanisms.values())
    assert all(m["detail"] for m in mechanisms.values() if m["state"] != "enforced"), mechanisms


# Alerts


def test_a_file_sink_gets_one_line_a_finding(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "alerts: {sinks: {audit: {type: file, path: alerts.jsonl}}}\n")
    sandbox.write("harm.py", HARM + "os.kill(1, 9)\n")
    result = sandbox.run_json("--policy", policy, "harm.py")
    assert sandbox.run("--quiet", "--policy", policy, "harm.py").code == 0
    events = [json.loads(line) for line in (sandbox.workdir / "alerts.jsonl").read_text().splitlines()]
    assert [e["finding"]["subject"] for e in events] == ["os.system", "os.kill"] * 2
    assert {e["run_id"] for e in events[:2]} == {result["run_id"]}
    assert events[0]["finding"] == result["findings"][0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", e["time"]) for e in events)


def test_hostile_text_in_a_finding_stays_on_its_line(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "alerts: {sinks: {audit: {type: file, path: alerts.jsonl}}}\n")
    sandbox.write("harm.py", "import os\nos.system('a\x1b]0;owned\x07 \u202e \u2028 b')\n")
    done = sandbox.run("--policy", policy, "harm.py")
    assert len(done.err.splitlines()) == 1
    assert not set(done.err[:-1]) & set("\x1b\x07\u202e\u2028\n")
    assert len((sandbox.workdir / "alerts.jsonl").read_bytes().splitlines()) == 1


def test_a_sink_that_cannot_be_written_stops_before_anything_runs(sandbox: Sandbox) -> None:
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\n"
                                     "alerts: {sinks: {audit: {type: file, path: missing/dir/alerts.jsonl}}}\n")
    done = sandbox.run("--policy", policy, "print(1)")
    assert (done.code, done.out) == (125, "")
    assert "missing/dir/alerts.jsonl" in done.err


# Policy, limits, usage


def test_a_wrong_policy_says_where_and_what(sandbox: Sandbox) -> None:
    policy = sandbox.write("wrong.yaml", "version: 1\ncalls:\n  denny: [os.system]\nlimits: {wall: soon}\n")
    done = sandbox.run("--policy", policy, "print(1)")
    assert (done.code, done.out) == (125, "")
    assert re.search(r"wrong\.yaml:3:3: .*denny", done.err)
    assert "deny" in done.err
    assert re.search(r"wrong\.yaml:4:16: .*soon", done.err)


@pytest.mark.parametrize("name", ["nothing.yaml", "no-such-preset"])
def test_a_missing_policy(sandbox: Sandbox, name: str) -> None:
    done = sandbox.run("--policy", name, "print(1)")
    assert (done.code, done.out) == (125, "")
    assert name in done.err


@pytest.mark.parametrize("limit", ["wall", "wall=", "wall=-1s", "wall=soon", "walll=1s", "memory=lots", "=1s"])
def test_a_wrong_limit(sandbox: Sandbox, limit: str) -> None:
    done = sandbox.run("--limit", limit, "print(1)")
    assert (done.code, done.out) == (125, "")
    assert done.err


@pytest.mark.parametrize("options", [["--no-such-option", "print(1)"], ["--limit"], ["-i", "print(1)"], ["-c"]])
def test_wrong_usage(sandbox: Sandbox, options: list[str]) -> None:
    done = sandbox.run(*options)
    assert (done.code, done.out) == (125, "")
    assert "--help" in done.err


def test_version_and_help(sandbox: Sandbox) -> None:
    assert re.fullmatch(r"py_sandbox \d+\.\d+\.\d+\n", sandbox.run("--version").out)
    text = sandbox.run("--help").out
    assert sandbox.run("--help").code == 0
    for word in ("CODE", "FILE", "--policy", "--json", "--limit", "--quiet", "--python", "-i"):
        assert word in text


def test_an_interpreter_that_is_none(sandbox: Sandbox) -> None:
    for path in ("/nonexistent/python3", "/bin/true"):
        done = sandbox.run("--python", path, "print(1)")
        assert (done.code, done.out) == (125, "")
        assert path in done.err


def test_a_source_that_cannot_be_analysed_is_not_run(sandbox: Sandbox) -> None:
    sandbox.write("cookie.py", b"# -*- coding: utf_7 -*-\nprint('ran')\n")
    done = sandbox.run("cookie.py")
    assert done.out == ""
    assert done.code != 0
    assert "utf" in done.err


@pytest.mark.parametrize("expression", [
    "-" * 200_000 + "1", "(" * 50_000 + ")" * 50_000, "1" + "+0" * 300_000, "a" + "()" * 200_000, "a" + ".b" * 200_000,
    "[" * 150 + "]" * 150, "lambda: " * 5000 + "1", "not " * 100_000 + "1",
], ids=["minus", "parentheses", "sum", "calls", "attributes", "lists", "lambdas", "nots"])
def test_a_source_of_great_depth_runs_as_analysed_or_not_at_all(sandbox: Sandbox, expression: str) -> None:
    sandbox.write("deep.py", f"import os\nos.system('id')\nprint('ran')\nif False:\n    x = {expression}\n")
    result = sandbox.run_json("deep.py")
    told = [finding["subject"] for finding in result["findings"]]
    assert (result["stdout"], told) in [("ran\n", ["os.system"]), ("", told)]
    assert (result["exit_code"] == 0) == (result["stdout"] != "")


def test_access_to_host_files_by_policy(sandbox: Sandbox) -> None:
    data = sandbox.write("data/in.txt", "from outside")
    policy = sandbox.write("p.yaml", f"version: 1\nextends: default\naccess: {{read: [{data}], "
                                     "env: {GREETING: hello}}\n")
    program = (f"import os\nprint(open({str(data)!r}).read(), os.environ['GREETING'])\n"
               f"try:\n    open({str(data)!r} + '', 'a')\nexcept OSError as error:\n    print(type(error).__name__)\n")
    done = sandbox.run("--quiet", "--policy", policy, program)
    assert done.out.splitlines()[0] == "from outside hello"
    assert data.read_text() == "from outside"


def test_the_log_is_asked_for(sandbox: Sandbox) -> None:
    assert sandbox.run("print(1)").err == ""
    sandbox.env["PY_SANDBOX_LOG"] = "info"
    lines = sandbox.run("import os; print(os.environ.get('PY_SANDBOX_LOG'))")
    assert lines.out == "None\n"
    assert re.fullmatch(r".*Z info run: [0-9a-f]{32} of <string>, policy default, .*\n"
                        r".*Z info run: [0-9a-f]{32} ended: ok, \d+ ms, findings 0\n", lines.err)
    sandbox.env["PY_SANDBOX_LOG"] = "debug"
    assert " debug plan: bind /dev/null\n" in sandbox.run("print(1)").err
    assert " info session: policy default, " in sandbox.run("-i").err
    sandbox.env["PY_SANDBOX_LOG"] = "loud"
    done = sandbox.run("print(1)")
    assert (done.code, done.out) == (125, "")
    assert "there is no level loud" in done.err and "off, info or debug" in done.err


def test_more_paths_than_descriptors_fit_into_one_message(sandbox: Sandbox) -> None:
    paths = [sandbox.write(f"data/{number}.txt", f"{number}\n") for number in range(300)]
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\naccess: {read: [" +
                           ", ".join(map(str, paths)) + "]}\n")
    done = sandbox.run("--quiet", "--policy", policy,
                       f"print(sum(int(open(f'{paths[0].parent}/{{n}}.txt').read()) for n in range(300)))")
    assert done.out == f"{sum(range(300))}\n", done.err


# On a terminal


def on_terminal(sandbox: Sandbox, *arguments: str) -> bytes:
    """Run with a terminal for standard output and error; return what it would show."""
    master, slave = os.openpty()
    with subprocess.Popen(sandbox.argv(*arguments), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
                          cwd=sandbox.workdir, env=sandbox.environment()) as process:
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 65536):
                shown += chunk
        except OSError:  # EIO: the other side is closed
            pass
        process.wait(timeout=driver.PATIENCE)
    os.close(master)
    return shown.replace(b"\r\n", b"\n")


def test_a_writable_bind_is_not_written_by_the_jail_itself(sandbox: Sandbox) -> None:
    # The program brings a helper.py of its own; the policy opens the host's file of that name.
    host_file = sandbox.write("helper.py", "name = 'the host file'\n")
    host_file.chmod(0o666)
    sandbox.write("sub/helper.py", "name = 'the module of the program'\n")
    program = sandbox.write("sub/prog.py", "import helper\nprint(helper.name)\n")
    policy = sandbox.write("p.yaml", "version: 1\nextends: default\naccess: {write: [helper.py]}\n")
    done = sandbox.run("-p", policy, program)
    assert host_file.read_text() == "name = 'the host file'\n"
    assert done.out == "the host file\n", done.err


def test_colours_on_a_terminal_only(sandbox: Sandbox) -> None:
    assert b"\x1b[" in on_terminal(sandbox, HARM)
    assert b"\x1b[" not in sandbox.run(HARM).stderr
    sandbox.env["NO_COLOR"] = "1"
    assert b"\x1b[" not in on_terminal(sandbox, HARM)


def test_a_terminal_is_safe_from_the_program(sandbox: Sandbox) -> None:
    shown = on_terminal(sandbox, "import sys\n"
                                 "print('\\x1b[31mred\\x1b[0m\\ttab\\x1b]0;title\\x07\\x1b[6n\\x1b[2J', end='')\n"
                                 "print('\\x9b31m \\x1bPq\\x1b\\\\')\n"
                                 "print('\\x1b]52;c;b3duZWQ=\\x07', file=sys.stderr)")
    assert b"\x1b[31mred\x1b[0m\ttab" in shown
    rest = shown.replace(b"\x1b[31m", b"").replace(b"\x1b[0m", b"")
    assert b"\x1b" not in rest
    assert b"\x07" not in rest
    assert b"\xc2\x9b" not in rest


def test_a_terminal_sees_the_same_text_as_a_pipe(sandbox: Sandbox) -> None:
    text = "print('äöü ☃ 😀')\nprint('a\\tb\\bc')"
    assert on_terminal(sandbox, text) == sandbox.run(text).stdout


def test_nothing_can_be_typed_into_the_terminal(sandbox: Sandbox) -> None:
    """TIOCSTI, CVE-2017-5226: the program must not even have the terminal."""
    shown = on_terminal(sandbox, "import sys, os\nprint([os.isatty(n) for n in range(3)])")
    assert shown == b"[False, False, False]\n"


def test_the_working_directory_is_untouched(sandbox: Sandbox) -> None:
    before = sandbox.write("data.txt", "mine")
    sandbox.write("prog.py", "import os\nopen('data.txt', 'w').write('changed')\nos.listdir('.')\n")
    sandbox.run("--quiet", "prog.py")
    assert before.read_text() == "mine"
    assert sorted(p.name for p in Path(sandbox.workdir).iterdir()) == ["data.txt", "prog.py"]
