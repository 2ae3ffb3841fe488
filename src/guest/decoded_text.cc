#include "guest/decoded_text.h"

namespace pysb::guest {
namespace {

struct ToText {
  py::Ref operator()(const SourceText& source) const { return py::text(source.utf8); }
  py::Ref operator()(const NoSource& wrong) const { return syntax_error(wrong.message); }
  py::Ref operator()(const ForeignCodec& codec) const {
    return syntax_error("this source is not run: " + explain(codec));
  }

 private:
  static py::Ref syntax_error(const std::string& message) {
    PyErr_SetString(PyExc_SyntaxError, message.c_str());
    return {};
  }
};

}  // namespace

py::Ref text_of(const Decoded& decoded) { return std::visit(ToText{}, decoded); }

}  // namespace pysb::guest
