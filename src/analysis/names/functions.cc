// Known functions of the language and its library.
#include <algorithm>
#include <string>

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
  SetId result = kNothing;
  for (const Value& value : sets_.values(argument)) {
    SetId one = kAnything;
    if (function == Known::kChr && value.kind == ValueKind::kInteger) {
      const auto character = fold::chr(sets_.integer(value));
      one = character ? sets_.text(*character) : kAnything;
    } else if (function == Known::kOrd && value.kind == ValueKind::kText) {
      const auto code = fold::ord(sets_.text(value));
      one = code ? sets_.integer(*code) : kAnything;
    } else if (function == Known::kText && value.kind == ValueKind::kText) {
      one = sets_.of(value);
    } else if (function == Known::kText && value.kind == ValueKind::kPath) {
      one = sets_.text(sets_.text(value));
    } else if (function == Known::kText && value.kind == ValueKind::kInteger) {
      one = sets_.text(std::to_string(sets_.integer(value)));
    } else if (function == Known::kBytes && value.kind == ValueKind::kBytes) {
      one = sets_.of(value);
    } else if (function == Known::kBytes && value.kind == ValueKind::kContainer) {
      std::string bytes;
      for (const auto& [key, set] : sets_.container(value).items) {
        bytes += static_cast<char>(integer(set).value_or(0));
      }
      one = sets_.container(value).any == kNothing ? sets_.bytes(bytes) : kAnything;
    } else if (function == Known::kNormal && value.kind == ValueKind::kText) {
      one = sets_.text(fold::normal_path(sets_.text(value), tables_.working_dir));
    } else if (function == Known::kReversed || function == Known::kSequence) {
      const bool mirrored = function == Known::kReversed;
      if (value.kind == ValueKind::kText) {
        std::vector<std::string> letters =
            fold::characters(sets_.text(value).substr(0, 256));
        if (mirrored) {
          std::reverse(letters.begin(), letters.end());
        }
        Container all;
        for (const std::string& letter : letters) {
          const auto key = sets_.integer(static_cast<std::int64_t>(all.items.size()));
          all.items.emplace_back(sets_.values(key).front(), sets_.text(letter));
        }
        one = sets_.container(std::move(all));
      } else if (value.kind == ValueKind::kContainer) {
        Container all = sets_.container(value);
        for (std::size_t i = 0; mirrored && i < all.items.size() / 2; ++i) {
          std::swap(all.items[i].second, all.items[all.items.size() - 1 - i].second);
        }
        one = sets_.container(std::move(all));
      }
    }
    result = sets_.join(result, one);
  }
  return result;
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
      reached = e_.censor_.removes_attribute(call_, word, via)
                    ? kInert
                    : e_.member(call_, reached, word, via);
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
  if (name && arguments.at(0) != kInert &&
      e_.censor_.removes_attribute(call_, tables_.symbols.intern(*name), "setattr")) {
    return kInert;
  }
  return kAnything;
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
  if (introduced != kNothing && e_.censor_.removes_load(call_, introduced, via)) {
    return kInert;
  }
  return sets_.join(result, introduced);
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
    plain = hex                                        ? fold::from_hex(*given)
            : codec == "base64" || codec == "base_64" ? fold::from_base64(*given)
                                                       : std::nullopt;
    if (codec == "utf-8" || codec == "ascii") {
      return is_utf8(*given) ? sets_.text(*given) : kAnything;
    }
  }
  return plain ? sets_.bytes(*plain) : kAnything;
}

}  // namespace pysb::analysis::names
