// Methods of constants, paths and containers.
#include <algorithm>
#include <string>

#include "analysis/names/calls.h"
#include "analysis/names/fold.h"
#include "base/text.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

bool grows(std::string_view name) {
  return name == "append" || name == "add" || name == "insert" || name == "setdefault";
}

}  // namespace

SetId Calls::method(SetId object, Symbol word, const Arguments& arguments) {
  const std::string_view name = tables_.symbols.text(word);
  SetId result = kNothing;
  for (const Value& value : sets_.values(object)) {
    SetId one = kAnything;
    if (value.kind == ValueKind::kText) {
      one = text_method(value, name, arguments);
    } else if (value.kind == ValueKind::kBytes) {
      one = bytes_method(value, name, arguments);
    } else if (value.kind == ValueKind::kContainer) {
      one = container_method(value, name, arguments);
    } else if (value.kind == ValueKind::kPath) {
      one = path_method(value, name, arguments);
    } else if ((value.kind == ValueKind::kGlobals || value.kind == ValueKind::kMembers) &&
               (name == "get" || name == "__getitem__" || name == "pop")) {
      one = e_.item(call_, sets_.of(value), arguments.at(0));
    }
    result = sets_.join(result, one);
  }
  return result;
}

SetId Calls::text_method(Value value, std::string_view name, const Arguments& arguments) {
  const std::string_view subject = sets_.text(value);
  if (name == "join") {
    return join_texts(subject, arguments.at(0));
  }
  if (name == "format" || name == "format_map") {
    const Taken taken = e_.censor_.take_format(call_, subject);
    return taken ? *taken : format_text(subject, arguments);
  }
  if (name == "split") {
    return split_text(subject, arguments);
  }
  if (name == "encode") {
    return sets_.bytes(subject);
  }
  std::vector<std::string_view> texts;
  for (const SetId argument : arguments.positional) {
    const auto one = text(argument);
    if (!one) {
      return kAnything;
    }
    texts.push_back(*one);
  }
  const auto made = fold::method(name, subject, texts);
  return made && !arguments.open ? sets_.text(*made) : kAnything;
}

SetId Calls::bytes_method(Value value, std::string_view name, const Arguments& arguments) {
  const std::string_view bytes = sets_.text(value);
  const std::string_view codec = text(arguments.at(0)).value_or("utf-8");
  const bool plain = codec == "utf-8" || codec == "utf8" || codec == "ascii" || codec == "latin-1";
  if (name == "decode" && plain && is_utf8(bytes)) {
    return sets_.text(bytes);
  }
  return kAnything;
}

SetId Calls::path_method(Value value, std::string_view name, const Arguments& arguments) {
  if (name == "joinpath") {
    Arguments all = arguments;
    all.positional.insert(all.positional.begin(), sets_.of(value));
    return path_from(all);
  }
  const bool same = name == "absolute" || name == "resolve";
  return same ? sets_.of(value) : name == "as_posix" ? sets_.text(sets_.text(value)) : kAnything;
}

SetId Calls::path_from(const Arguments& arguments) {
  std::string path;
  for (const SetId argument : arguments.positional) {
    const Value* part = sets_.only(argument, ValueKind::kPath);
    part = part != nullptr ? part : sets_.only(argument, ValueKind::kText);
    if (part == nullptr || path.size() > fold::kMaxResult) {
      return kAnything;
    }
    path = fold::join_path(path, sets_.text(*part));
  }
  return arguments.open ? kAnything : sets_.path(path.empty() ? "." : path);
}

SetId Calls::joined_path(const Arguments& arguments) {
  const SetId joined = path_from(arguments);
  const Value* path = sets_.only(joined, ValueKind::kPath);
  return path != nullptr ? sets_.text(sets_.text(*path)) : kAnything;
}

SetId Calls::container_method(Value value, std::string_view name, const Arguments& arguments) {
  const Container& container = sets_.container(value);
  if (name == "get" || name == "pop" || name == "__getitem__" || name == "setdefault") {
    const SetId key = arguments.positional.empty() ? kAnything : arguments.positional[0];
    return sets_.join(e_.contents(container, key), sets_.join(arguments.at(1), kAnything));
  }
  if (name == "values" || name == "copy") {
    return name == "copy" ? sets_.of(value)
                          : sets_.container({false, {}, e_.contents(container, kAnything)});
  }
  if (name == "items") {
    const SetId pair[] = {e_.element(sets_.of(value)), e_.contents(container, kAnything)};
    return sets_.container({false, {}, sets_.sequence(pair)});
  }
  if (grows(name)) {
    grow(*call_.one(at::Call::func)->one(at::Attribute::value), name, arguments);
  }
  return kAnything;
}

// `names.append(x)`: the list's variable may now hold one with x in it. Constants are not followed.
void Calls::grow(const Node& receiver, std::string_view name, const Arguments& arguments) {
  if (!receiver.is(Kind::kName) || arguments.positional.empty()) {
    return;
  }
  const SetId added = arguments.positional[name == "insert" ? arguments.positional.size() - 1 : 0];
  const auto values = sets_.values(added);
  const bool matters = std::any_of(values.begin(), values.end(), [](const Value& value) {
    return value.kind == ValueKind::kName || value.kind == ValueKind::kFunction ||
           value.kind == ValueKind::kPartial;
  });
  if (matters) {
    const Reach reach = e_.program_.scopes.reach(receiver);
    e_.bind(reach.outer != 0 ? reach.outer : reach.inner, sets_.container({false, {}, added}));
  }
}

SetId Calls::join_texts(std::string_view separator, SetId pieces) {
  std::vector<std::string> texts;
  if (const auto letters = text(pieces)) {
    if (letters->size() > kMaxPieces) {
      return kAnything;
    }
    texts = fold::characters(*letters);
  } else if (const Value* value = sets_.only(pieces, ValueKind::kContainer)) {
    const Container& container = sets_.container(*value);
    if (container.any != kNothing) {
      return kAnything;
    }
    for (const auto& [key, set] : container.items) {
      const auto one = container.mapping ? text(sets_.of(key)) : text(set);
      if (!one) {
        return kAnything;
      }
      texts.emplace_back(*one);
    }
  } else {
    return kAnything;
  }
  return sets_.text(fold::joined(separator, texts));
}

SetId Calls::format_text(std::string_view format, const Arguments& arguments) {
  std::vector<std::string_view> texts;
  std::vector<fold::Named> named;
  for (const SetId argument : arguments.positional) {
    texts.push_back(text(argument).value_or(std::string_view()));
    if (!text(argument)) {
      return kAnything;
    }
  }
  for (const auto& [word, set] : arguments.keywords) {
    if (!text(set) || word == 0) {
      return kAnything;
    }
    named.push_back({tables_.symbols.text(word), *text(set)});
  }
  const auto made = fold::format(format, texts, named);
  return made && !arguments.open ? sets_.text(*made) : kAnything;
}

SetId Calls::split_text(std::string_view subject, const Arguments& arguments) {
  const auto separator = arguments.positional.empty() ? std::optional<std::string_view>(" ")
                                                      : text(arguments.positional[0]);
  if (!separator || separator->empty() || arguments.positional.size() > 1) {
    return kAnything;
  }
  std::vector<SetId> pieces;
  while (pieces.size() < kMaxPieces) {
    const std::size_t end = std::min(subject.find(*separator), subject.size());
    pieces.push_back(sets_.text(subject.substr(0, end)));
    if (end == subject.size()) {
      return sets_.sequence(pieces);
    }
    subject.remove_prefix(end + separator->size());
  }
  return kAnything;
}

}  // namespace pysb::analysis::names
