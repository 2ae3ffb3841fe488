// The messages' codecs: round trips, every truncation, every byte changed.
#include <gtest/gtest.h>

#include <functional>

#include "protocol/finding.h"
#include "protocol/frame.h"
#include "protocol/request.h"

namespace pysb::protocol {
namespace {

Finding a_finding() {
  Finding finding;
  finding.rule = "call.denied";
  finding.severity = Severity::kCritical;
  finding.message = "runs a command";
  finding.subject = "os.system";
  finding.action = Action::kReplace;
  finding.layer = Layer::kInterpreter;
  finding.origin = Origin::kGuest;
  finding.count = 1ULL << 40U;
  finding.file = "dir/prog.py";
  finding.line = 3;
  finding.column = 5;
  finding.end_line = 4;
  finding.end_column = 17;
  finding.source = "os.system('ls')";
  finding.hint = "calls: {allow: [os.system]}";
  return finding;
}

Request a_request() {
  Request request;
  request.mode = Mode::kSession;
  request.source = std::string("print('é')\0\xff", 13);
  request.file_name = "/workspace/prog.py";
  request.display_name = "dir/prog.py";
  request.display_dir = "dir/";
  request.argv = {"prog.py", "", "--flag"};
  request.sys_path = {"/workspace", "/usr/lib/python3.11"};
  request.trusted_dirs = {"/usr/lib/python3.11"};
  request.executable = "/usr/bin/python3";
  request.static_layer = false;
  request.interpreter_layer = true;
  request.rules = std::string("\0\1\2", 3);
  request.nonce = 0xFEDCBA9876543210ULL;
  return request;
}

std::string encoded(const Finding& finding) {
  Writer out;
  encode(out, finding);
  return out.take();
}

Result<Finding> decoded_finding(std::string_view bytes) {
  Reader in(bytes);
  Finding finding = decode_finding(in);
  if (!in.complete()) {
    return Error(ErrorKind::kInvalidInput, "a malformed finding");
  }
  return finding;
}

// One message as bytes, and its decoder followed by its encoder: nothing when the bytes are
// refused.
struct Codec {
  std::string name;
  std::string bytes;
  std::function<std::optional<std::string>(std::string_view)> again;
};

template <class Decode, class Encode>
Codec codec(std::string name, std::string bytes, Decode decode, Encode encode) {
  return {std::move(name), std::move(bytes),
          [=](std::string_view input) -> std::optional<std::string> {
            auto value = decode(input);
            return value ? std::optional(encode(*value)) : std::nullopt;
          }};
}

std::vector<Codec> all_codecs() {
  const auto encode_any = [](const auto& value) { return encode(value); };
  return {
      codec("finding", encoded(a_finding()), decoded_finding, encoded),
      codec("request", encode(a_request()), decode_request, encode_any),
      codec("commit", encode(Commit{Outcome::kRefused, "too deep"}), decode_commit, encode_any),
      codec("end", encode(End{Ending::kError, "ZeroDivisionError", "division by zero", 12}),
            decode_end, encode_any),
      codec("cell_done", encode(CellDone{CellOutcome::kExit, 3}), decode_cell_done, encode_any),
  };
}

TEST(Messages, ComeBackAsTheyWere) {
  for (const auto& message : all_codecs()) {
    EXPECT_EQ(message.again(message.bytes), message.bytes) << message.name;
  }
}

TEST(Messages, AreRefusedWhenCutAnywhere) {
  for (const auto& message : all_codecs()) {
    for (std::size_t size = 0; size < message.bytes.size(); ++size) {
      EXPECT_FALSE(message.again(message.bytes.substr(0, size))) << message.name << ' ' << size;
    }
  }
}

TEST(Messages, AreRefusedWithBytesBehindThem) {
  for (const auto& message : all_codecs()) {
    EXPECT_FALSE(message.again(message.bytes + '\0')) << message.name;
  }
}

// Whatever a changed byte turns a message into, it is refused or it is a message of the same
// length: no field may grow out of bytes that were not there.
TEST(Messages, StandEveryChangeOfOneByte) {
  for (const auto& message : all_codecs()) {
    for (std::size_t at = 0; at < message.bytes.size(); ++at) {
      for (const int change : {0x01, 0x80, 0xFF}) {
        std::string mangled = message.bytes;
        mangled[at] = static_cast<char>(mangled[at] ^ change);
        const auto again = message.again(mangled);
        EXPECT_TRUE(!again || again->size() == mangled.size()) << message.name << ' ' << at;
      }
    }
  }
}

TEST(Messages, LookAsTheExampleInTheFormatsPage) {
  EXPECT_EQ(encode_frame(FrameType::kCommit, encode(Commit{})),
            std::string("\x06\0\0\0\x02\0\0\0\0\0", 10));
}

TEST(Finding, KeepsEveryField) {
  const Finding sent = a_finding();
  const auto got = decoded_finding(encoded(sent));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->rule, sent.rule);
  EXPECT_EQ(got->severity, sent.severity);
  EXPECT_EQ(got->message, sent.message);
  EXPECT_EQ(got->subject, sent.subject);
  EXPECT_EQ(got->action, sent.action);
  EXPECT_EQ(got->layer, sent.layer);
  EXPECT_EQ(got->origin, sent.origin);
  EXPECT_EQ(got->count, sent.count);
  EXPECT_EQ(got->file, sent.file);
  EXPECT_EQ(got->line, sent.line);
  EXPECT_EQ(got->column, sent.column);
  EXPECT_EQ(got->end_line, sent.end_line);
  EXPECT_EQ(got->end_column, sent.end_column);
  EXPECT_EQ(got->source, sent.source);
  EXPECT_EQ(got->hint, sent.hint);
}

TEST(Request, KeepsEveryField) {
  const Request sent = a_request();
  const auto got = decode_request(encode(sent));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->mode, sent.mode);
  EXPECT_EQ(got->source, sent.source);
  EXPECT_EQ(got->file_name, sent.file_name);
  EXPECT_EQ(got->display_name, sent.display_name);
  EXPECT_EQ(got->display_dir, sent.display_dir);
  EXPECT_EQ(got->argv, sent.argv);
  EXPECT_EQ(got->sys_path, sent.sys_path);
  EXPECT_EQ(got->trusted_dirs, sent.trusted_dirs);
  EXPECT_EQ(got->executable, sent.executable);
  EXPECT_EQ(got->static_layer, sent.static_layer);
  EXPECT_EQ(got->interpreter_layer, sent.interpreter_layer);
  EXPECT_EQ(got->rules, sent.rules);
  EXPECT_EQ(got->nonce, sent.nonce);
}

TEST(Finding, IsRefusedWithAnEnumeratorThatDoesNotExist) {
  Finding finding = a_finding();
  finding.rule.clear();  // so that the severity is the fifth byte
  std::string bytes = encoded(finding);
  bytes[4] = 5;
  EXPECT_FALSE(decoded_finding(bytes));
}

}  // namespace
}  // namespace pysb::protocol
