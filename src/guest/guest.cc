#include "guest/guest.h"

namespace pysb::guest {
namespace {

// Where the program's files lie when it is not one of them itself.
constexpr const char* kWorkingDir = "/workspace";

std::string working_dir(const protocol::Request& request) {
  const std::size_t slash = request.file_name.rfind('/');
  return slash == std::string::npos ? kWorkingDir : request.file_name.substr(0, slash);
}

std::unique_ptr<analysis::Analyser> make_analyser(const protocol::Request& request,
                                                  const policy::RuleSet& rules) {
  if (!request.static_layer) {
    return nullptr;
  }
  return std::make_unique<analysis::Analyser>(analysis::Settings{
      .rules = &rules, .nonce = request.nonce, .working_dir = working_dir(request)});
}

// eval, exec and compile as the program has them, for code that reaches them by another way than
// their names.
Result<> offer_dynamic(PyObject* builtins_module, Helpers& helpers) {
  using analysis::HelperKind;
  for (const auto& [kind, name] :
       {std::pair(HelperKind::kDynamicEval, "eval"), std::pair(HelperKind::kDynamicExec, "exec"),
        std::pair(HelperKind::kDynamicCompile, "compile")}) {
    py::Ref function = py::attr(builtins_module, name);
    if (!function) {
      return py::take_error("looking up eval, exec and compile");
    }
    helpers.set_dynamic(kind, std::move(function));
  }
  return {};
}

}  // namespace

struct Guest::Made {
  policy::RuleSet rules;
  Originals originals;
  NativeFunctions functions;
  Inert inert;
  Exceptions exceptions;

  static Result<Made> make(const std::string& rules) {
    PYSB_TRY(policy::RuleSet decoded, policy::decode_rules(rules));
    PYSB_TRY(Originals originals, Originals::bind());
    PYSB_TRY(NativeFunctions functions, NativeFunctions::create());
    PYSB_TRY(Inert inert, make_inert());
    PYSB_TRY(Exceptions exceptions, Exceptions::create());
    return Made{std::move(decoded), std::move(originals), std::move(functions), std::move(inert),
                std::move(exceptions)};
  }
};

Guest::Guest(protocol::Request given, Made made)
    : request(std::move(given)),
      rules(std::move(made.rules)),
      originals(std::move(made.originals)),
      functions(std::move(made.functions)),
      exceptions(std::move(made.exceptions)),
      helpers(functions, std::move(made.inert), exceptions),
      trusted(request.trusted_dirs),
      session_channel(protocol::kSessionFd),
      compiler(originals, helpers, copier, make_analyser(request, rules), request.nonce),
      dynamic({.originals = originals,
               .exceptions = exceptions,
               .trusted = trusted,
               .session = session_channel,
               .compiler = compiler,
               .registry = registry,
               .copier = copier}),
      session_input(originals, session_channel) {}

Result<std::unique_ptr<Guest>> Guest::create(protocol::Request request) {
  PYSB_TRY(Made made, Made::make(request.rules));
  PYSB_CHECK(add_site_builtins(made.originals));
  std::unique_ptr<Guest> guest(new Guest(std::move(request), std::move(made)));
  PYSB_CHECK(guest->guard());
  return guest;
}

Result<> Guest::guard() {
  if (guards() || is_session()) {
    PYSB_TRY(builtins, UserBuiltins::create(originals, guards() ? &dynamic : nullptr,
                                            is_session() ? &session_input : nullptr));
  }
  PYSB_CHECK(offer_dynamic(builtins_module(), helpers));
  if (!guards()) {
    return {};
  }
  dynamic.set_builtins(builtins->dict);
  import_hook.emplace(ImportHook::Parts{.originals = originals,
                                        .trusted = trusted,
                                        .builtins = *builtins,
                                        .dynamic = dynamic,
                                        .registry = registry,
                                        .names = {working_dir(request), request.display_dir}});
  return import_hook->install(functions);
}

}  // namespace pysb::guest
