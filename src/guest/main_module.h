// What a program finds when it starts: __main__ and sys, as `python file.py` or `python -c` make
// them.
#pragma once

#include "guest/python.h"
#include "protocol/request.h"

namespace pysb::guest {

// False for a program given as text (`python -c`) and for a session.
bool has_file(const protocol::Request& request);

// sys.argv, sys.path, sys.executable …; standard output goes out line by line, so that nothing that
// was printed is lost when the process is killed.
Result<> prepare_sys(const protocol::Request& request);

// A new __main__ in sys.modules; gives its dict. Null: a Python error is set.
py::Ref make_main(const protocol::Request& request, PyObject* builtins_module);

// What Python takes out of __main__ once the program's last statement has run.
void forget_file(const py::Ref& main);

// Makes tracebacks find the lines of a program that has no file (CPython 3.13 shows them).
void offer_lines(const protocol::Request& request, PyObject* text);

}  // namespace pysb::guest
