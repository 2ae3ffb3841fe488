#include "guest/channel.h"

#include <sys/stat.h>

namespace pysb::guest {
namespace {

// Keeps a frame far below what the supervisor takes, whatever the program's lines look like.
constexpr std::size_t kMaxText = 4096;

void cut(std::string& text) {
  if (text.size() <= kMaxText) {
    return;
  }
  std::size_t end = kMaxText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;  // not within a character
  }
  text.resize(end);
}

}  // namespace

Channel::Channel(int fd) : fd_(fd) {
  struct stat status = {};
  if (::fstat(fd_, &status) == 0) {
    device_ = status.st_dev;
    inode_ = status.st_ino;
  }
}

bool Channel::is_intact() const {
  struct stat status = {};
  return ::fstat(fd_, &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
}

void Channel::send(protocol::FrameType type, std::string_view payload) const {
  if (is_intact()) {
    static_cast<void>(protocol::write_frame(fd_, type, payload));
  }
}

void Channel::report(std::vector<protocol::Finding> findings, protocol::Origin origin) const {
  for (protocol::Finding& finding : findings) {
    finding.origin = origin;
    for (std::string* text :
         {&finding.message, &finding.subject, &finding.file, &finding.source, &finding.hint}) {
      cut(*text);
    }
    protocol::Writer out;
    encode(out, finding);
    send(protocol::FrameType::kFinding, out.bytes());
  }
}

}  // namespace pysb::guest
