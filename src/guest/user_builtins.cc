#include "guest/user_builtins.h"

#include <array>

namespace pysb::guest {
namespace {

// The module's own state: how its functions, which are plain built-in ones to look at, find us.
struct State {
  DynamicCode* dynamic = nullptr;
  SessionInput* input = nullptr;
};

State& state_of(PyObject* module) { return *static_cast<State*>(PyModule_GetState(module)); }

PyObject* eval(PyObject* module, PyObject* args, PyObject* kwargs) {
  return state_of(module).dynamic->eval(args, kwargs);
}

PyObject* exec(PyObject* module, PyObject* args, PyObject* kwargs) {
  return state_of(module).dynamic->exec(args, kwargs);
}

PyObject* compile(PyObject* module, PyObject* args, PyObject* kwargs) {
  return state_of(module).dynamic->compile(args, kwargs);
}

PyObject* input(PyObject* module, PyObject* args) { return state_of(module).input->ask(args); }

// METH_KEYWORDS functions have three parameters behind the type of two.
PyCFunction with_keywords(PyCFunctionWithKeywords function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

PyMethodDef* guarded_functions() {
  static std::array<PyMethodDef, 4> functions = {{
      {"eval", with_keywords(eval), METH_VARARGS | METH_KEYWORDS,
       "eval($module, source, globals=None, locals=None, /)\n--\n\n"
       "The value of an expression, given as text or as code."},
      {"exec", with_keywords(exec), METH_VARARGS | METH_KEYWORDS,
       "exec($module, source, globals=None, locals=None, /)\n--\n\n"
       "Runs statements, given as text or as code."},
      {"compile", with_keywords(compile), METH_VARARGS | METH_KEYWORDS,
       "compile($module, /, source, filename, mode, flags=0,\n"
       "        dont_inherit=False, optimize=-1, *, _feature_version=-1)\n--\n\n"
       "Code that eval() or exec() can run, from text or a syntax tree."},
      {nullptr, nullptr, 0, nullptr},
  }};
  return functions.data();
}

PyMethodDef* session_functions() {
  static std::array<PyMethodDef, 2> functions = {{
      {"input", input, METH_VARARGS,
       "input($module, prompt='', /)\n--\n\nA line that the user types, without its end."},
      {nullptr, nullptr, 0, nullptr},
  }};
  return functions.data();
}

PyModuleDef* definition() {
  static PyModuleDef module = {.m_base = PyModuleDef_HEAD_INIT,
                               .m_name = "builtins",
                               .m_doc = nullptr,
                               .m_size = sizeof(State),
                               .m_methods = nullptr,
                               .m_slots = nullptr,
                               .m_traverse = nullptr,
                               .m_clear = nullptr,
                               .m_free = nullptr};
  PyModuleDef_Init(&module);
  return &module;
}

py::Ref new_module(const Originals& originals) {
  const py::Ref spec = py::attr(originals.builtins_module, "__spec__");
  py::Ref module =
      py::Ref::steal(spec ? PyModule_FromDefAndSpec(definition(), spec.get()) : nullptr);
  // The state is allocated by this.
  return module && PyModule_ExecDef(module.get(), definition()) == 0 ? module : py::Ref();
}

}  // namespace

Result<UserBuiltins> UserBuiltins::create(const Originals& originals, DynamicCode* dynamic,
                                          SessionInput* input) {
  UserBuiltins it;
  it.module = new_module(originals);
  if (!it.module) {
    return py::take_error("making the program's builtins");
  }
  state_of(it.module.get()) = {dynamic, input};
  it.dict = py::Ref::borrow(PyModule_GetDict(it.module.get()));
  PyObject* module = it.module.get();
  const bool done =
      PyDict_Update(it.dict.get(), PyModule_GetDict(originals.builtins_module.get())) == 0 &&
      (dynamic == nullptr || PyModule_AddFunctions(module, guarded_functions()) == 0) &&
      (input == nullptr || PyModule_AddFunctions(module, session_functions()) == 0) &&
      PyDict_SetItemString(originals.modules.get(), "builtins", module) == 0;
  if (!done) {
    return py::take_error("filling the program's builtins");
  }
  return it;
}

Result<> add_site_builtins(const Originals& originals) {
  const py::Ref site = py::Ref::steal(PyImport_ImportModule("_sitebuiltins"));
  const py::Ref leave = py::text("Ctrl-D (i.e. EOF)");
  PyObject* dict = PyModule_GetDict(originals.builtins_module.get());
  bool done = static_cast<bool>(site);
  for (const char* name : {"exit", "quit"}) {
    const py::Ref quitter = py::call(py::attr(site, "Quitter"), py::text(name), leave);
    done = done && quitter && PyDict_SetItemString(dict, name, quitter.get()) == 0;
  }
  const py::Ref helper = py::call(py::attr(site, "_Helper"));
  if (!done || !helper || PyDict_SetItemString(dict, "help", helper.get()) != 0) {
    return py::take_error("adding exit, quit and help");
  }
  return {};
}

}  // namespace pysb::guest
