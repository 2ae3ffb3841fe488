// Expected failures: Error tells a story, Result carries a value or an Error, two macros pass it
// on.
#pragma once

#include <cerrno>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace pysb {

// What kind of failure it is, from the caller's side: decides the exit status and whether a retry
// makes sense.
enum class ErrorKind { kInvalidInput, kUnsupported, kDenied, kUnavailable, kExhausted, kInternal };

// An expected failure with its story: innermost cause first, one line per layer that knew more, and
// a remedy where there is one.
class [[nodiscard]] Error {
 public:
  Error(ErrorKind kind, std::string what, int os_errno = 0)
      : kind_(kind), os_errno_(os_errno), story_{std::move(what)} {}

  // Captures errno; call it directly after the failing system call.
  static Error from_errno(std::string_view call, std::string_view object);

  Error with(std::string context) && {
    story_.push_back(std::move(context));
    return std::move(*this);
  }
  Error remedy(std::string text) && {
    remedy_ = std::move(text);
    return std::move(*this);
  }

  ErrorKind kind() const { return kind_; }
  int os_errno() const { return os_errno_; }
  const std::string& remedy() const { return remedy_; }
  // Outermost context first: "loading the policy: open(p.yaml): No such file or directory".
  std::string to_string() const;

 private:
  ErrorKind kind_;
  int os_errno_;
  std::vector<std::string> story_;
  std::string remedy_;
};

// A value, or the Error that kept us from having one. Dropping it is a compiler warning.
template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(Error error)  // NOLINT(google-explicit-constructor): `return Error(...)` must work
      : tl::expected<T, Error>(tl::unexpected(std::move(error))) {}

  // Adds one line to the story of a failure; success passes through and `line` is not called.
  template <class Line>
  Result context(Line&& line) && {
    if (*this) {
      return std::move(*this);
    }
    return std::move(this->error()).with(std::forward<Line>(line)());
  }
};

}  // namespace pysb

#define PYSB_CONCAT_(a, b) a##b
#define PYSB_CONCAT(a, b) PYSB_CONCAT_(a, b)

// Leaves the function with the error of the Result, if it has one.
#define PYSB_CHECK(...)                                   \
  do {                                                    \
    if (auto pysb_result = (__VA_ARGS__); !pysb_result) { \
      return std::move(pysb_result).error();              \
    }                                                     \
  } while (false)

// PYSB_TRY(const int fd, open_dir(path)); declares and fills, or leaves the function with the
// error.
#define PYSB_TRY(declaration, ...) \
  PYSB_TRY_(PYSB_CONCAT(pysb_result_, __LINE__), declaration, (__VA_ARGS__))
#define PYSB_TRY_(result, declaration, expression) \
  auto result = (expression);                      \
  if (!result) return std::move(result).error();   \
  declaration = std::move(*result)
