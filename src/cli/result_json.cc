#include "cli/result_json.h"

#include <nlohmann/json.hpp>

#include "alerts/finding_json.h"
#include "base/text.h"

namespace pysb::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kSchema = "py_sandbox.result/1";

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t size = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = (group << 8U) | (i < size ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text.push_back(i <= size ? kAlphabet[(group >> (18 - 6 * i)) & 0x3FU] : '=');
    }
  }
  return text;
}

void add_stream(ordered_json& object, const std::string& name, const std::string& bytes) {
  if (is_utf8(bytes)) {
    object[name] = bytes;
  } else {
    object[name + "_base64"] = base64(bytes);
  }
}

template <class Value>
ordered_json or_null(const std::optional<Value>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json isolation_json(const protocol::Isolation& isolation) {
  ordered_json object = {
      {"layers",
       {{"static", isolation.static_layer}, {"interpreter", isolation.interpreter_layer}}}};
  ordered_json mechanisms = ordered_json::object();
  for (const auto& mechanism : isolation.mechanisms) {
    mechanisms[mechanism.name] = {{"state", name_of(mechanism.strength)},
                                  {"detail", mechanism.detail}};
  }
  object["mechanisms"] = std::move(mechanisms);
  return object;
}

}  // namespace

std::string result_json(const protocol::RunResult& result, std::string_view policy_hash) {
  ordered_json object = {{"schema", kSchema},
                         {"run_id", result.run_id},
                         {"policy_hash", policy_hash},
                         {"verdict", name_of(result.verdict)},
                         {"exit_code", or_null(result.exit_code)},
                         {"signal", or_null(result.signal)}};
  add_stream(object, "stdout", result.standard_output);
  add_stream(object, "stderr", result.standard_error);
  object["truncated"] = result.truncated;
  object["error"] = result.error;
  object["findings"] = ordered_json::array();
  for (const auto& finding : result.findings) {
    object["findings"].push_back(alerts::to_json(finding));
  }
  object["left_behind"] = {{"count", result.left_behind_total}, {"files", result.left_behind}};
  object["usage"] = {{"wall_ms", result.usage.wall_ms},
                     {"cpu_ms", result.usage.cpu_ms},
                     {"max_rss_bytes", result.usage.max_rss_bytes}};
  object["isolation"] = isolation_json(result.isolation);
  return alerts::one_line(object);
}

}  // namespace pysb::cli
