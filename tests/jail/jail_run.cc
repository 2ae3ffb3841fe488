// Runs one command in the jail and reports: for the tests of the jail, without engine and guest.
//
//   jail_run [OPTION VALUE]... -- COMMAND [ARGUMENT]...
//
//   --bind, --writable SOURCE=TARGET     --link TARGET=PATH     --file PATH=CONTENT
//   --env NAME=VALUE                     --limit NAME=NUMBER    --report FILE
//
// The report is a JSON object: {"failure", "remedy"} when there was no jail or no word of its end;
// else "exit", "signal", "cpu_us", "max_rss_bytes", "left_behind", "left_behind_total"; and, of
// every jail that stood, "denials" and "mechanisms".
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/unique_fd.h"
#include "jail/host_facts.h"
#include "jail/jail.h"
#include "jail/plan.h"

namespace pysb::jail {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

struct Options {
  Need need;
  policy::Policy policy;
  std::string report;
};

std::pair<std::string, std::string> cut(const std::string& text) {
  const std::size_t equals = text.find('=');
  return {text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
}

bool set_limit(policy::Limits& limits, const std::string& name, const std::string& value) {
  const std::uint64_t number = std::stoull(value);
  const std::map<std::string, std::uint64_t*> sizes = {
      {"memory", &limits.memory}, {"disk", &limits.disk}, {"file_size", &limits.file_size}};
  const std::map<std::string, std::uint32_t*> counts = {
      {"threads", &limits.threads}, {"open_files", &limits.open_files}, {"files", &limits.files}};
  if (name == "wall") {
    limits.wall = std::chrono::milliseconds(number);
  } else if (name == "cpu") {
    limits.cpu = std::chrono::milliseconds(number);
  } else if (const auto size = sizes.find(name); size != sizes.end()) {
    *size->second = number;
  } else if (const auto limit = counts.find(name); limit != counts.end()) {
    *limit->second = static_cast<std::uint32_t>(number);
  } else {
    return false;
  }
  return true;
}

bool set_option(Options& options, const std::string& name, const std::string& value) {
  const auto [left, right] = cut(value);
  Need& need = options.need;
  if (name == "--bind" || name == "--writable") {
    need.binds.push_back({.source = left, .target = right, .writable = name == "--writable"});
  } else if (name == "--link") {
    need.links.push_back({.target = left, .path = right});
  } else if (name == "--file") {
    need.files.push_back({.path = left, .content = right});
  } else if (name == "--env") {
    need.environment.push_back(value);
  } else if (name == "--report") {
    options.report = value;
  } else {
    return name == "--limit" && set_limit(options.policy.limits, left, right);
  }
  return true;
}

std::optional<Options> parse(std::span<char*> arguments) {
  Options options;
  std::size_t at = 1;
  for (; at + 1 < arguments.size() && std::string_view(arguments[at]) != "--"; at += 2) {
    if (!set_option(options, arguments[at], arguments[at + 1])) {
      std::cerr << "jail_run: what is " << arguments[at] << " " << arguments[at + 1] << "?\n";
      return std::nullopt;
    }
  }
  for (++at; at < arguments.size(); ++at) {
    options.need.command.emplace_back(arguments[at]);
  }
  return options.need.command.empty() ? std::nullopt : std::optional(std::move(options));
}

Json as_json(const Denial& denial) {
  return {{"syscall", denial.syscall}, {"number", denial.number}, {"arguments", denial.arguments}};
}

void add_end(Json& report, const Ended& ended) {
  report["exit"] = WIFEXITED(ended.wait_status) ? Json(WEXITSTATUS(ended.wait_status)) : Json();
  report["signal"] = WIFSIGNALED(ended.wait_status) ? Json(WTERMSIG(ended.wait_status)) : Json();
  report["cpu_us"] = ended.cpu_us;
  report["max_rss_bytes"] = ended.max_rss_bytes;
  report["left_behind"] = ended.left_behind;
  report["left_behind_total"] = ended.left_behind_total;
}

void add_mechanisms(Json& report, const protocol::Isolation& isolation) {
  for (const auto& mechanism : isolation.mechanisms) {
    report["mechanisms"][mechanism.name] = protocol::name_of(mechanism.strength);
  }
}

// Serves the jail until its end; kills it when the time is up.
Result<Ended> serve(Jail& jail, std::chrono::milliseconds wall, Json& denials) {
  const auto deadline = Clock::now() + wall;
  while (true) {
    std::array<pollfd, 2> ready = {pollfd{jail.listener_fd(), POLLIN, 0},
                                   pollfd{jail.status_fd(), POLLIN, 0}};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    const int got = ::poll(ready.data(), ready.size(), std::max(0, static_cast<int>(left.count())));
    if (got == 0) {
      jail.kill();
      return Error(ErrorKind::kExhausted, "killed: the wall-clock time is up");
    }
    if ((ready[0].revents & POLLIN) != 0) {
      if (const auto denial = jail.receive_denial()) {
        denials.push_back(as_json(*denial));
      }
    } else if (ready[1].revents != 0) {
      return jail.receive_end();
    }
  }
}

Result<> run(Options options, Json& report) {
  PYSB_TRY(const Plan plan, make_plan(options.policy, probe_host(), std::move(options.need)));
  std::array<int, 2> boot{};
  std::array<int, 2> session{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, boot.data()) != 0 ||
      ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, session.data()) != 0) {
    return Error::from_errno("socketpair", "");
  }
  const std::array<UniqueFd, 4> owned = {UniqueFd(boot[0]), UniqueFd(boot[1]), UniqueFd(session[0]),
                                         UniqueFd(session[1])};
  PYSB_TRY(Jail jail, Jail::start(plan, {0, 1, 2, boot[1], session[1]}));
  report["denials"] = Json::array();
  add_mechanisms(report, jail.isolation());
  PYSB_TRY(const Ended ended, serve(jail, options.policy.limits.wall, report["denials"]));
  add_end(report, ended);
  return {};
}

int main_of(std::span<char*> arguments) {
  auto options = parse(arguments);
  if (!options) {
    std::cerr << "usage: jail_run [OPTION VALUE]... -- COMMAND [ARGUMENT]...\n";
    return 2;
  }
  const std::string path = options->report;
  Json report;
  const auto ended = run(*std::move(options), report);
  if (!ended) {
    report["failure"] = ended.error().to_string();
    report["remedy"] = ended.error().remedy();
  }
  std::ofstream file(path);
  (path.empty() ? std::cerr : file) << report.dump(1) << "\n";
  return ended ? 0 : 1;
}

}  // namespace
}  // namespace pysb::jail

int main(int count, char** arguments) {
  return pysb::jail::main_of(std::span(arguments, static_cast<std::size_t>(count)));
}
