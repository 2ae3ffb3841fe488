// The plan of a jail: what a host must have, what the policy's limits become, what a result says.
#include "jail/plan.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <string>

namespace pysb::jail {
namespace {

using protocol::Strength;

HostFacts good_host() {
  HostFacts facts;
  facts.kernel_major = 6;
  facts.kernel_minor = 12;
  facts.landlock_abi = 6;
  facts.seccomp_notify = true;
  facts.mdwe = true;
  return facts;
}

Need small_need() {
  Need need;
  need.command = {"/usr/bin/python3", "-I"};
  need.binds = {{.source = "/usr/lib/python3", .target = "/usr/lib/python3"},
                {.source = "/data", .target = "/workspace/out", .writable = true},
                {.source = "/usr/lib", .target = "/usr/lib"}};
  return need;
}

Plan plan_for(const HostFacts& facts, const policy::Policy& policy = {}) {
  auto plan = make_plan(policy, facts, small_need());
  EXPECT_TRUE(plan) << plan.error().to_string();
  return *std::move(plan);
}

ResourceLimit limit_of(const Plan& plan, int resource) {
  const auto found = std::ranges::find(plan.limits, resource, &ResourceLimit::resource);
  EXPECT_NE(found, plan.limits.end()) << "no limit for " << resource;
  return found == plan.limits.end() ? ResourceLimit{} : *found;
}

Strength strength_of(const Plan& plan, const std::string& mechanism) {
  const auto found = std::ranges::find(plan.mechanisms, mechanism, &protocol::Mechanism::name);
  EXPECT_NE(found, plan.mechanisms.end()) << mechanism << " is not reported";
  return found == plan.mechanisms.end() ? Strength::kAbsent : found->strength;
}

void expect_refused(const policy::Policy& policy, const HostFacts& facts, const char* why) {
  const auto plan = make_plan(policy, facts, small_need());
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().kind(), ErrorKind::kUnsupported);
  EXPECT_NE(plan.error().to_string().find(why), std::string::npos) << plan.error().to_string();
  EXPECT_FALSE(plan.error().remedy().empty());
}

TEST(MakePlan, RefusesAHostThatLacksWhatIsRequired) {
  HostFacts old = good_host();
  old.kernel_major = 5;
  old.kernel_minor = 14;
  expect_refused({}, old, "Linux 5.14 is too old");
  HostFacts unknown = good_host();
  unknown.kernel_major = 0;
  expect_refused({}, unknown, "too old");
  HostFacts without_notify = good_host();
  without_notify.seccomp_notify = false;
  expect_refused({}, without_notify, "no seccomp user notification");
}

TEST(MakePlan, RefusesProcessesThatTheFilterWouldNotAllow) {
  policy::Policy policy;
  policy.limits.processes = 1;
  expect_refused(policy, good_host(), "limits.processes");
}

TEST(MakePlan, SaysWhatAnOlderKernelLacks) {
  HostFacts facts = good_host();
  EXPECT_EQ(strength_of(plan_for(facts), "landlock"), Strength::kEnforced);
  facts.landlock_abi = 1;
  EXPECT_EQ(strength_of(plan_for(facts), "landlock"), Strength::kReduced);
  facts.landlock_abi = 0;
  EXPECT_EQ(strength_of(plan_for(facts), "landlock"), Strength::kAbsent);
}

TEST(MakePlan, NeverCallsMemoryEnforcedWithoutACgroup) {
  EXPECT_EQ(strength_of(plan_for(good_host()), "memory"), Strength::kReduced);
}

TEST(MakePlan, TurnsThePolicysLimitsIntoTheKernels) {
  policy::Policy policy;
  policy.limits.cpu = std::chrono::milliseconds(2500);
  policy.limits.memory = 64ULL << 20U;
  policy.limits.threads = 3;
  policy.limits.open_files = 33;
  policy.limits.file_size = 4096;
  policy.limits.disk = 8192;
  policy.limits.files = 7;
  const Plan plan = plan_for(good_host(), policy);

  EXPECT_EQ(limit_of(plan, RLIMIT_DATA).hard, 64ULL << 20U);
  EXPECT_EQ(limit_of(plan, RLIMIT_CPU).soft, 3U) << "whole seconds, upwards";
  EXPECT_EQ(limit_of(plan, RLIMIT_NOFILE).hard, 33U);
  EXPECT_EQ(limit_of(plan, RLIMIT_FSIZE).hard, 4096U);
  EXPECT_GE(limit_of(plan, RLIMIT_NPROC).hard, 3U);
  for (const int none :
       {RLIMIT_CORE, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO}) {
    EXPECT_EQ(limit_of(plan, none).hard, 0U) << none;
  }
  ASSERT_EQ(plan.scratch.size(), 2U);
  for (const Tmpfs& tmpfs : plan.scratch) {
    EXPECT_EQ(tmpfs.size, 8192U);
    EXPECT_EQ(tmpfs.inodes, 7U);
  }
}

TEST(MakePlan, GivesASessionNoLimitForTheWholeOfItsProcessorTime) {
  Need need = small_need();
  need.session = true;
  const auto plan = make_plan({}, good_host(), std::move(need));
  ASSERT_TRUE(plan);
  EXPECT_EQ(std::ranges::count(plan->limits, RLIMIT_CPU, &ResourceLimit::resource), 0);
}

TEST(MakePlan, BindsParentsBeforeWhatLiesBelowThem) {
  const Plan plan = plan_for(good_host());
  const auto place = [&](const char* target) {
    return std::ranges::find(plan.binds, target, &Bind::target) - plan.binds.begin();
  };
  EXPECT_LT(place("/usr/lib"), place("/usr/lib/python3"));
  EXPECT_LT(place("/usr/lib/python3"), static_cast<std::ptrdiff_t>(plan.binds.size()));
}

TEST(MakePlan, LetsLandlockWriteToScratchAndWritableBindsOnly) {
  std::vector<std::string> writable;
  for (const PathRule& rule : plan_for(good_host()).path_rules) {
    if (rule.reach == Reach::kWrite) {
      writable.push_back(rule.path);
    }
  }
  EXPECT_EQ(writable, (std::vector<std::string>{"/tmp", "/workspace", "/workspace/out"}));
}

TEST(PlanText, NamesEverything) {
  const std::string text = to_text(plan_for(good_host()));
  for (const char* part :
       {"tmpfs /tmp size=", "bind /usr/lib\n", "bind /workspace/out from /data writable",
        "file /etc/passwd", "landlock execute /usr/bin/python3", "rlimit ",
        "mechanism seccomp enforced"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in\n" << text;
  }
}

}  // namespace
}  // namespace pysb::jail
