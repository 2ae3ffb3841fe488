#include "engine/stream.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/text.h"

namespace pysb::engine {
namespace {

constexpr std::size_t kPiece = 65536;
// POLLOUT on a pipe promises room for PIPE_BUF bytes (pipe(7)); more could block.
constexpr std::size_t kWritePiece = 4096;
constexpr std::size_t kLongestColour = 64;

void set_nonblocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

bool is_foreground(int fd) { return ::isatty(fd) == 0 || ::tcgetpgrp(fd) == ::getpgrp(); }

bool passes(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return code >= 0x20 ? code != 0x7F : byte == '\n' || byte == '\r' || byte == '\t' || byte == '\b';
}

// What may follow "\x1b[" in a colour: digits, ';', ':' and a final 'm'.
enum class Sequence : std::uint8_t { kOpen, kColour, kOther };

Sequence classify(std::string_view sequence) {
  if (sequence.size() == 1) {
    return Sequence::kOpen;
  }
  if (sequence[1] != '[' || sequence.size() > kLongestColour) {
    return Sequence::kOther;
  }
  if (sequence.size() == 2) {
    return Sequence::kOpen;
  }
  const char last = sequence.back();
  if (last == 'm') {
    return Sequence::kColour;
  }
  return (last >= '0' && last <= '9') || last == ';' || last == ':' ? Sequence::kOpen
                                                                    : Sequence::kOther;
}

}  // namespace

void TerminalFilter::settle(std::string& out, char byte) {
  if (byte == '\x1b') {
    held_.assign(1, byte);
  } else if (passes(byte)) {
    out.push_back(byte);
  } else {
    out += escape_line(std::string_view(&byte, 1));
  }
}

std::string TerminalFilter::pass(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char byte : bytes) {
    if (held_.empty()) {
      // C1 controls reach a terminal as UTF-8 (0xC2 0x80-0x9F): the lead byte is held back.
      if (byte == '\xC2') {
        held_.assign(1, byte);
      } else {
        settle(out, byte);
      }
    } else if (held_ == "\xC2") {
      const bool control = static_cast<unsigned char>(byte) < 0xA0;
      const std::string pair = held_ + byte;
      held_.clear();
      out += control ? escape_line(pair) : pair;
    } else {
      held_.push_back(byte);
      const Sequence kind = classify(held_);
      if (kind == Sequence::kColour) {
        out += held_;
        held_.clear();
      } else if (kind == Sequence::kOther) {
        // The last byte may open a sequence of its own.
        const char last = held_.back();
        held_.pop_back();
        out += escape_line(held_);
        held_.clear();
        settle(out, last);
      }
    }
  }
  return out;
}

std::string TerminalFilter::finish() {
  std::string rest = escape_line(held_);
  held_.clear();
  return rest;
}

OutputRelay::OutputRelay(UniqueFd source, OutputTarget target)
    : source_(std::move(source)), target_(target) {
  set_nonblocking(source_.get());
}

void OutputRelay::take(std::string_view bytes) {
  if (target_.capture != nullptr) {
    target_.capture->append(bytes);
  } else if (target_.terminal) {
    pending_ += filter_.pass(bytes);
  } else {
    pending_.append(bytes);
  }
}

std::size_t OutputRelay::read_piece(std::uint64_t budget) {
  std::array<char, kPiece> piece;
  const ssize_t got = ::read(source_.get(), piece.data(), piece.size());
  if (got < 0) {
    return 0;
  }
  if (got == 0) {
    close_source();
    return 0;
  }
  const auto size = static_cast<std::size_t>(got);
  take({piece.data(), static_cast<std::size_t>(std::min<std::uint64_t>(size, budget))});
  return size;
}

void OutputRelay::write_piece() {
  const std::size_t size = std::min(pending_.size(), kWritePiece);
  const ssize_t written = ::write(target_.fd, pending_.data(), size);
  if (written >= 0) {
    pending_.erase(0, static_cast<std::size_t>(written));
  } else if (errno != EINTR && errno != EAGAIN) {
    // Nobody reads any more: the guest learns it as any program does, by EPIPE.
    pending_.clear();
    source_.reset();
  }
}

void OutputRelay::close_source() {
  source_.reset();
  if (target_.terminal && target_.capture == nullptr) {
    pending_ += filter_.finish();
  }
}

InputRelay::InputRelay(int source, UniqueFd pipe) : source_(source), pipe_(std::move(pipe)) {
  set_nonblocking(pipe_.get());
  if (source_ < 0) {
    pipe_.reset();
  }
}

int InputRelay::read_fd() const {
  const bool wanted = pipe_ && pending_.empty() && !ended_;
  return wanted && is_foreground(source_) ? source_ : -1;
}

void InputRelay::read_piece() {
  std::array<char, kPiece> piece;
  const ssize_t got = ::read(source_, piece.data(), piece.size());
  if (got > 0) {
    pending_.assign(piece.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
    ended_ = true;
    pipe_.reset();
  }
}

void InputRelay::write_piece() {
  const ssize_t written = ::write(pipe_.get(), pending_.data(), pending_.size());
  if (written >= 0) {
    pending_.erase(0, static_cast<std::size_t>(written));
  } else if (errno != EINTR && errno != EAGAIN) {
    pending_.clear();
    pipe_.reset();
  }
}

}  // namespace pysb::engine
