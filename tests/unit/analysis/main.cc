// Entry of the test executable.
#include <gtest/gtest.h>

#include "python.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  pysb::analysis::test::start_interpreter();
  return RUN_ALL_TESTS();
}
