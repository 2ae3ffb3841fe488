// Known functions of the language and its library.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "analysis/names/calls.h"
#include "analysis/names/fold.h"
#include "base/text.h"

namespace pysb::analysis::names {

SetId Calls::known(Known function, const Arguments& arguments) {
  switch (function) {
    case Known::kGetattr:
      return get_attribute(arguments, "getattr");
    case Known::kSetattr:
      return set_attribute(arguments);
    case Known::kImportModule:
      return import_module(arguments);
    case Known::kVars: {
      const Value* object = sets_.only(arguments.at(0), ValueKind::kName);
      return arguments.positional.empty() ? sets_.of(Value{ValueKind::kGlobals, 0})
             : object != nullptr          ? sets_.of(Value{ValueKind::kMembers, object->id})
                                          : kAnything;
    }
    case Known::kGlobals:
      return sets_.of(Value{ValueKind::kGlobals, 0});
    case Known::kMap:
      return mapped(arguments);
    case Known::kNext:
      return e_.element(arguments.at(0));
    case Known::kAttrgetterCall:
      return attribute_path(arguments.at(0), arguments.at(1), "attrgetter");
    case Known::kGetitem:
      return e_.item(call_, arguments.at(0), arguments.at(1));
    case Known::kPasses:
      return arguments.at(0);
    case Known::kDict: {
      SetId any = arguments.positional.empty() ? kNothing : e_.spread(arguments.positional[0]);
      for (const auto& [word, values] : arguments.keywords) {
        any = sets_.join(any, values);
      }
      return sets_.container({true, {}, any});
    }
    case Known::kJoin:
      return joined_path(arguments);
    case Known::kWorkingDir:
      return sets_.text(tables_.working_dir);
    case Known::kPathHere:
      return sets_.path(tables_.working_dir);
    case Known::kPath:
      return path_from(arguments);
    case Known::kFromhex:
    case Known::kBase64:
    case Known::kCodecsDecode:
      return decoded(function, arguments);
    default:
      return converted(function, arguments.at(0));
  }
}

// Functions of one argument, for each of its values.
SetId Calls::converted(Known function, SetId argument) {
  Gathering result(sets_);
  for (const Value& value : sets_.values(argument)) {
    switch (function) {
      case Known::kText:
        result.add(as_text(value));
        break;
      case Known::kBytes:
        result.add(as_bytes(value));
        break;
      case Known::kReversed:
      case Known::kSequence:
        result.add(as_sequence(value, function == Known::kReversed));
        break;
      default:
        result.add(as_scalar(function, value));
    }
  }
  return result.result();
}

// chr, ord, and paths made absolute.
SetId Calls::as_scalar(Known function, Value value) {
  if (function == Known::kChr && value.kind == ValueKind::kInteger) {
    const auto character = fold::chr(sets_.integer(value));
    return character ? sets_.text(*character) : kAnything;
  }
  if (function == Known::kOrd && value.kind == ValueKind::kText) {
    const auto code = fold::ord(sets_.text(value));
    return code ? sets_.integer(*code) : kAnything;
  }
  const bool is_path = function == Known::kNormal && value.kind == ValueKind::kText;
  return is_path ? sets_.text(fold::normal_path(sets_.text(value), tables_.working_dir))
                 : kAnything;
}

SetId Calls::as_text(Value value) {
  switch (value.kind) {
    case ValueKind::kText:
      return sets_.of(value);
    case ValueKind::kPath:
      return sets_.text(sets_.text(value));
    case ValueKind::kInteger:
      return sets_.text(std::to_string(sets_.integer(value)));
    default:
      return kAnything;
  }
}

SetId Calls::as_bytes(Value value) {
  if (value.kind != ValueKind::kContainer || sets_.container(value).any != kNothing) {
    return value.kind == ValueKind::kBytes ? sets_.of(value) : kAnything;
  }
  std::string bytes;
  for (const auto& [key, set] : sets_.container(value).items) {
    const std::optional<std::int64_t> byte = integer(set);
    if (!byte) {
      return kAnything;
    }
    bytes += static_cast<char>(*byte);
  }
  return sets_.bytes(bytes);
}

SetId Calls::as_sequence(Value value, bool mirrored) {
  std::vector<SetId> elements;
  if (value.kind == ValueKind::kText && sets_.text(value).size() <= kMaxPieces) {
    for (const std::string& letter : fold::characters(sets_.text(value))) {
      elements.push_back(sets_.text(letter));
    }
  } else if (value.kind == ValueKind::kContainer && !sets_.container(value).mapping &&
             sets_.container(value).any == kNothing) {
    for (const auto& [key, set] : sets_.container(value).items) {
      elements.push_back(set);
    }
  } else {
    return sets_.container({false, {}, e_.element(sets_.of(value))});
  }
  if (mirrored) {
    std::reverse(elements.begin(), elements.end());
  }
  return sets_.sequence(elements);
}

SetId Calls::get_attribute(const Arguments& arguments, std::string_view via) {
  if (arguments.positional.size() < 2) {
    return kAnything;
  }
  const SetId found = attribute_path(arguments.positional[1], arguments.positional[0], via);
  return found == kInert ? found : sets_.join(found, arguments.at(2));
}

// object.name for every text in `names`; dotted ones step by step, as attrgetter does.
SetId Calls::attribute_path(SetId names, SetId object, std::string_view via) {
  if (object == kInert) {
    return kInert;
  }
  SetId result = kNothing;
  for (const Value& value : sets_.values(names)) {
    if (value.kind != ValueKind::kText) {
      result = sets_.join(result, kAnything);
      continue;
    }
    std::string_view path = sets_.text(value);
    SetId reached = object;
    while (!path.empty() && reached != kInert) {
      const std::size_t dot = std::min(path.find('.'), path.size());
      const Symbol word = tables_.symbols.intern(path.substr(0, dot));
      path.remove_prefix(std::min(dot + 1, path.size()));
      const Taken taken = e_.censor_.take_attribute(call_, word, via);
      reached = taken ? *taken : e_.member(call_, reached, word, via);
    }
    if (reached == kInert) {
      return kInert;
    }
    result = sets_.join(result, reached);
  }
  return result;
}

SetId Calls::set_attribute(const Arguments& arguments) {
  const auto name = text(arguments.at(1));
  if (!name || arguments.at(0) == kInert) {
    return kAnything;
  }
  return e_.censor_.take_attribute(call_, tables_.symbols.intern(*name), "setattr")
      .value_or(kAnything);
}

SetId Calls::import_module(const Arguments& arguments) {
  SetId introduced = kNothing;
  SetId result = kNothing;
  const SetId given = arguments.at(0, tables_.symbols.intern("name"));
  for (const Value& value : sets_.values(given)) {
    if (value.kind == ValueKind::kText && !sets_.text(value).empty() &&
        sets_.text(value).front() != '.') {
      introduced = sets_.join(introduced, sets_.name(tables_.names.of(sets_.text(value))));
    } else {
      result = sets_.join(result, kAnything);
    }
  }
  const auto callee = sets_.values(e_.values(*call_.one(ast::at::Call::func)));
  const bool plain = !callee.empty() && callee.front().kind == ValueKind::kName;
  const std::string_view via =
      plain ? tables_.names.display(callee.front().id) : std::string_view("import");
  const SetId found = sets_.join(result, introduced);
  return introduced == kNothing ? found
                                : e_.censor_.take_load(call_, introduced, via).value_or(found);
}

SetId Calls::mapped(const Arguments& arguments) {
  if (arguments.positional.size() < 2) {
    return kAnything;
  }
  const Value* sequence = sets_.only(arguments.positional[1], ValueKind::kContainer);
  Container all;
  if (sequence != nullptr && !sets_.container(*sequence).mapping &&
      sets_.container(*sequence).any == kNothing) {
    for (const auto& [key, set] : sets_.container(*sequence).items) {
      Arguments one;
      one.positional = {set};
      all.items.emplace_back(key, apply(arguments.positional[0], one));
    }
  } else {
    Arguments one;
    one.positional = {e_.element(arguments.positional[1])};
    all.any = apply(arguments.positional[0], one);
  }
  return sets_.container(std::move(all));
}

SetId Calls::partial(NameId function, const Arguments& arguments) {
  if (arguments.positional.empty() || arguments.open) {
    return kAnything;
  }
  Partial made;
  made.arguments = arguments.positional;
  if (tables_.known.of(tables_.names.canonical(function)) == Known::kPartial) {
    made.function = made.arguments.front();
    made.arguments.erase(made.arguments.begin());
  } else {
    // What a method caller reaches is what counts, not the arguments it then passes.
    made.function = sets_.name(tables_.names.of("operator.attrgetter.__call__"));
    made.arguments.resize(1);
  }
  return sets_.partial(std::move(made));
}

SetId Calls::decoded(Known function, const Arguments& arguments) {
  const Value* bytes = sets_.only(arguments.at(0), ValueKind::kBytes);
  const std::optional<std::string_view> given =
      bytes != nullptr ? std::optional(sets_.text(*bytes)) : text(arguments.at(0));
  if (!given) {
    return kAnything;
  }
  std::optional<std::string> plain;
  if (function == Known::kFromhex) {
    plain = fold::from_hex(*given);
  } else if (function == Known::kBase64) {
    plain = fold::from_base64(*given);
  } else {
    const std::string_view codec = text(arguments.at(1)).value_or("utf-8");
    if (codec == "rot13" || codec == "rot_13" || codec == "rot-13") {
      return given->size() > fold::kMaxResult ? kAnything : sets_.text(fold::rot13(*given));
    }
    const bool hex = codec == "hex" || codec == "hex_codec";
    plain = hex                                       ? fold::from_hex(*given)
            : codec == "base64" || codec == "base_64" ? fold::from_base64(*given)
                                                      : std::nullopt;
    if (codec == "utf-8" || codec == "ascii") {
      return is_utf8(*given) ? sets_.text(*given) : kAnything;
    }
  }
  return plain ? sets_.bytes(*plain) : kAnything;
}

}  // namespace pysb::analysis::names
