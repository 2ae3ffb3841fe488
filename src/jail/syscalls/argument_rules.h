// Rules that look at arguments, for the rows of the system call table.
#pragma once

#include <asm/prctl.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "jail/syscalls/rule.h"

namespace pysb::jail {

// W^X. Linux 6.3 has PR_SET_MDWE for this; older ones need the filter, newer ones get both. The
// dynamic loader maps libraries readable and executable from files, and may go on to; every file
// system that can be written is mounted noexec.
inline constexpr Rule kMap = otherwise(tell())
                                 .when(kAllowed, masked(2, PROT_EXEC, 0))
                                 .when(kAllowed, {masked(2, PROT_EXEC | PROT_WRITE, PROT_EXEC),
                                                  masked(3, MAP_ANONYMOUS, 0)});
inline constexpr Rule kProtect = otherwise(tell()).when(kAllowed, masked(2, PROT_EXEC, 0));
inline constexpr Rule kProtectWithKey =
    otherwise(tell()).when(refuse(ENOSYS), masked(2, PROT_EXEC, 0));

// Advice that injures the machine (madvise(2): needs CAP_SYS_ADMIN), and page merging, through
// which one run can measure the memory of another.
inline constexpr std::uint32_t kSoftOffline = 101;  // asm-generic/mman-common.h; glibc lacks it
inline constexpr Rule kAdvise = otherwise(kAllowed)
                                    .when(tell(), one_of(2, {MADV_HWPOISON, kSoftOffline}))
                                    .when(refuse(), one_of(2, {MADV_MERGEABLE}));

// Threads only: no new process, no new namespace. The kernel takes the low 32 bits of the flags.
inline constexpr std::uint32_t kNewNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                                CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                                CLONE_NEWNET | CLONE_NEWTIME;
inline constexpr Rule kCloneThread =
    otherwise(tell()).when(kAllowed, masked(0, kNewNamespaces | CLONE_THREAD, CLONE_THREAD));

// TIOCSTI types into the terminal of whoever started us (CVE-2017-5226), TIOCLINUX pastes into a
// console (CVE-2023-28100).
inline constexpr Rule kIoctl =
    otherwise(refuse())
        .when(kAllowed, one_of(1, {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX}))
        .when(tell(), one_of(1, {TIOCSTI, TIOCLINUX}));

// Not F_SETLEASE, F_NOTIFY, F_SETOWN, F_SETSIG, F_OFD_*: ways to watch or to signal others.
// The locks are what SQLite lives on.
inline constexpr Rule kFcntl =
    otherwise(refuse()).when(kAllowed, one_of(1, {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD,
                                                  F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW}));

// Thread names, names of memory areas, and questions; the second list would loosen the jail.
inline constexpr std::uint32_t kGetMdwe = 66;  // PR_GET_MDWE, prctl(2), Linux 6.3
inline constexpr Rule kPrctl =
    otherwise(refuse())
        .when(kAllowed,
              one_of(0, {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE, kGetMdwe}))
        .when(tell(), one_of(0, {PR_SET_DUMPABLE, PR_SET_PTRACER, PR_SET_MM, PR_SET_SECCOMP,
                                 PR_CAP_AMBIENT, PR_SET_SECUREBITS}));

// Thread-local storage, the C library's question for shadow stacks (refused by the kernel itself),
// and the permission for AMX that numeric libraries ask for.
inline constexpr std::uint32_t kArchCetStatus = 0x3001;  // glibc 2.28 to 2.38
inline constexpr Rule kArchPrctl = otherwise(refuse()).when(
    kAllowed, one_of(0, {ARCH_SET_FS, ARCH_GET_FS, kArchCetStatus, ARCH_GET_XCOMP_SUPP,
                         ARCH_GET_XCOMP_PERM, ARCH_REQ_XCOMP_PERM}));

inline constexpr std::uint32_t kPersonalityQuery = 0xffffffff;  // personality(2)
inline constexpr Rule kPersonality =
    otherwise(tell()).when(kAllowed, one_of(0, {kPersonalityQuery}));

inline constexpr Rule kOwnLimits = otherwise(refuse()).when(kAllowed, one_of(0, {0}));

// asyncio and multiprocessing talk through connected pairs. A datagram socket (for AF_UNIX a raw
// one is the same) could send to any address, in a structure that no filter sees.
inline constexpr std::uint32_t kSocketTypeBits = 0xf;  // SOCK_TYPE_MASK of the kernel
inline constexpr Rule kSocketPair = otherwise(tell()).when(
    kAllowed, {one_of(0, {AF_UNIX}), {1, kSocketTypeBits, {SOCK_STREAM, SOCK_SEQPACKET}}});

// The C library asks the name service cache in this very form before it reads /etc/passwd, so
// getpass.getuser() would raise an alarm.
inline constexpr Rule kSocket = otherwise(tell()).when(
    refuse(), {one_of(0, {AF_UNIX}), one_of(1, {SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK}),
               one_of(2, {0})});

// Extended attributes: shutil.copy2 takes this for "none here", and EPERM for a failure.
inline constexpr Rule kUnsupported = otherwise(refuse(EOPNOTSUPP));

}  // namespace pysb::jail
