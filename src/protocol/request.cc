#include "protocol/request.h"

#include "protocol/wire.h"

namespace pysb::protocol {
namespace {

template <class Value>
Result<Value> finished(const Reader& in, Value value) {
  if (!in.complete()) return Error(ErrorKind::kInvalidInput, "a malformed message");
  return value;
}

}  // namespace

std::string encode(const Request& request) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(request.mode));
  out.text(request.source);
  out.text(request.file_name);
  out.text(request.display_name);
  out.text(request.display_dir);
  out.texts(request.argv);
  out.texts(request.sys_path);
  out.texts(request.trusted_dirs);
  out.text(request.executable);
  out.boolean(request.static_layer);
  out.boolean(request.interpreter_layer);
  out.text(request.rules);
  out.u64(request.nonce);
  return out.take();
}

Result<Request> decode_request(std::string_view payload) {
  Reader in(payload);
  Request request;
  request.mode = in.enumerator(Mode::kSession);
  request.source = in.text();
  request.file_name = in.text();
  request.display_name = in.text();
  request.display_dir = in.text();
  request.argv = in.texts();
  request.sys_path = in.texts();
  request.trusted_dirs = in.texts();
  request.executable = in.text();
  request.static_layer = in.boolean();
  request.interpreter_layer = in.boolean();
  request.rules = in.text();
  request.nonce = in.u64();
  return finished(in, std::move(request));
}

std::string encode(const Commit& commit) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(commit.outcome));
  out.text(commit.detail);
  return out.take();
}

Result<Commit> decode_commit(std::string_view payload) {
  Reader in(payload);
  Commit commit;
  commit.outcome = in.enumerator(Outcome::kFailed);
  commit.detail = in.text();
  return finished(in, std::move(commit));
}

std::string encode(const End& end) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(end.ending));
  out.text(end.exception);
  out.text(end.message);
  out.u32(end.line);
  return out.take();
}

Result<End> decode_end(std::string_view payload) {
  Reader in(payload);
  End end;
  end.ending = in.enumerator(Ending::kError);
  end.exception = in.text();
  end.message = in.text();
  end.line = in.u32();
  return finished(in, std::move(end));
}

std::string encode(const CellDone& done) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(done.outcome));
  out.u8(done.exit_code);
  return out.take();
}

Result<CellDone> decode_cell_done(std::string_view payload) {
  Reader in(payload);
  CellDone done;
  done.outcome = in.enumerator(CellOutcome::kExit);
  done.exit_code = in.u8();
  return finished(in, done);
}

}  // namespace pysb::protocol
