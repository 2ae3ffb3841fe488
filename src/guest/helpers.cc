// The bodies hold their own references and look nothing up by name: user code runs while they do.
#include "guest/helpers.h"

#include "base/text.h"
#include "guest/literal.h"

namespace pysb::guest {
namespace {

using analysis::Helper;
using analysis::HelperKind;
using Body = NativeFunctions::Body;

PyObject* argument(PyObject* args, Py_ssize_t index) { return PyTuple_GetItem(args, index); }

Body constant(py::Ref value) {
  return [value = std::move(value)](PyObject*, PyObject*) { return py::Ref(value).release(); };
}

Body negation(py::Ref removed) {
  return [removed = std::move(removed)](PyObject* args, PyObject*) -> PyObject* {
    PyObject* operand = argument(args, 0);
    if (operand == nullptr || is_inert(operand)) {
      return operand == nullptr ? nullptr : py::Ref(removed).release();
    }
    const int answer = PyObject_Not(operand);
    return answer < 0 ? nullptr : PyBool_FromLong(answer);
  };
}

// kIs, kIsNot: unknown as soon as one side is, but the inert value is itself.
Body identity(py::Ref removed, bool negated) {
  return [removed = std::move(removed), negated](PyObject* args, PyObject*) -> PyObject* {
    PyObject* left = argument(args, 0);
    PyObject* right = argument(args, 1);
    if (left == nullptr || right == nullptr) {
      return nullptr;
    }
    if (is_inert(left) != is_inert(right)) {
      return py::Ref(removed).release();
    }
    return PyBool_FromLong((left == right) != negated ? 1 : 0);
  };
}

Body membership(py::Ref removed, bool negated) {
  return [removed = std::move(removed), negated](PyObject* args, PyObject*) -> PyObject* {
    PyObject* item = argument(args, 0);
    PyObject* container = argument(args, 1);
    if (item == nullptr || container == nullptr) {
      return nullptr;
    }
    if (is_inert(item) || is_inert(container)) {
      return py::Ref(removed).release();
    }
    const int found = PySequence_Contains(container, item);
    return found < 0 ? nullptr : PyBool_FromLong((found != 0) != negated ? 1 : 0);
  };
}

Body unpacking(py::Ref removed) {
  return [removed = std::move(removed)](PyObject* args, PyObject*) -> PyObject* {
    PyObject* value = nullptr;
    int targets = 0;
    int starred = -1;
    if (PyArg_ParseTuple(args, "Oii", &value, &targets, &starred) == 0) {
      return nullptr;
    }
    if (!is_inert(value)) {
      return py::Ref::borrow(value).release();
    }
    const auto size = static_cast<std::size_t>(starred == -1 ? targets : targets - 1);
    return py::tuple_of(std::vector<py::Ref>(size, removed)).release();
  };
}

Body augmentation(py::Ref neutral) {
  return [neutral = std::move(neutral)](PyObject* args, PyObject*) -> PyObject* {
    PyObject* value = argument(args, 0);
    if (value == nullptr || !is_inert(value)) {
      return py::Ref::borrow(value).release();
    }
    return py::Ref(neutral).release();
  };
}

// `types` without what is inert, at any depth of tuples: what an except clause can take.
PyObject* without_inert(PyObject* types) {
  if (is_inert(types)) {
    return PyTuple_New(0);
  }
  if (!PyTuple_Check(types)) {
    return py::Ref::borrow(types).release();
  }
  std::vector<py::Ref> kept;
  for (Py_ssize_t i = 0; i < PyTuple_Size(types); ++i) {
    kept.push_back(py::Ref::steal(without_inert(PyTuple_GetItem(types, i))));
  }
  return py::tuple_of(kept).release();
}

PyObject* except_types(PyObject* args, PyObject* /*kwargs*/) {
  PyObject* types = argument(args, 0);
  return types == nullptr ? nullptr : without_inert(types);
}

Body raisable(py::Ref exception) {
  return [exception = std::move(exception)](PyObject* args, PyObject*) -> PyObject* {
    PyObject* given = argument(args, 0);
    if (given == nullptr || !is_inert(given)) {
      return py::Ref::borrow(given).release();
    }
    return py::call(exception, py::text("removed by policy")).release();
  };
}

PyObject* import_error(PyObject* args, PyObject* /*kwargs*/) {
  PyObject* name = argument(args, 0);
  if (name == nullptr) {
    return nullptr;
  }
  const py::Ref message = py::text(concat({"No module named '", py::utf8(name), "'"}));
  return PyErr_SetImportErrorSubclass(PyExc_ModuleNotFoundError, message.get(), name, nullptr);
}

Body raising(py::Ref type, const std::string& subject) {
  return [type = std::move(type), message = subject + " is denied by the policy"](
             PyObject*, PyObject*) -> PyObject* {
    PyErr_SetString(type.get(), message.c_str());
    return nullptr;
  };
}

Body replacing(const policy::Literal& literal) {
  return [literal](PyObject*, PyObject*) { return to_python(literal).release(); };
}

}  // namespace

Result<Exceptions> Exceptions::create() {
  Exceptions exceptions;
  exceptions.removed_error =
      py::Ref::steal(PyErr_NewException("py_sandbox.RemovedError", PyExc_PermissionError, nullptr));
  exceptions.py_sandbox_removed = py::Ref::steal(
      PyErr_NewException("py_sandbox.PySandboxRemoved", PyExc_RuntimeError, nullptr));
  if (!exceptions.removed_error || !exceptions.py_sandbox_removed) {
    return py::take_error("making the exceptions");
  }
  return exceptions;
}

Helpers::Helpers(const NativeFunctions& functions, Inert inert, Exceptions exceptions)
    : functions_(functions), inert_(std::move(inert)), exceptions_(std::move(exceptions)) {}

py::Ref Helpers::make(const Helper& helper) const { return functions_.function(body_of(helper)); }

NativeFunctions::Body Helpers::body_of(const Helper& helper) const {
  switch (helper.kind) {
    case HelperKind::kInert:
      return constant(inert_.removed);
    case HelperKind::kReplace:
      return replacing(helper.replacement);
    case HelperKind::kRaise:
      return raising(exceptions_.removed_error, helper.subject);
    case HelperKind::kNot:
      return negation(inert_.removed);
    case HelperKind::kIs:
      return identity(inert_.removed, false);
    case HelperKind::kIsNot:
      return identity(inert_.removed, true);
    case HelperKind::kIn:
      return membership(inert_.removed, false);
    case HelperKind::kNotIn:
      return membership(inert_.removed, true);
    case HelperKind::kUnpack:
      return unpacking(inert_.removed);
    case HelperKind::kAugment:
      return augmentation(inert_.neutral);
    case HelperKind::kExceptTypes:
      return except_types;
    case HelperKind::kRaisable:
      return raisable(exceptions_.py_sandbox_removed);
    case HelperKind::kImportError:
      return import_error;
    case HelperKind::kDynamicEval:
    case HelperKind::kDynamicExec:
    case HelperKind::kDynamicCompile:
      break;
  }
  return constant(dynamic_.at(helper.kind));
}

}  // namespace pysb::guest
