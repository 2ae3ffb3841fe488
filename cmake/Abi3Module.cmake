# abi3_module(<target> MIN 3.10 SOURCES ...): one extension for every CPython >= MIN.
# CMake learnt this (Development.SABIModule, USE_SABI) only in 3.26; Debian 12 has 3.25.
function(abi3_module target)
  cmake_parse_arguments(ARG "" "MIN" "SOURCES" ${ARGN})
  string(REGEX MATCH "^3\\.([0-9]+)$" _ "${ARG_MIN}")
  math(EXPR hex "0x03000000 + (${CMAKE_MATCH_1} << 16)" OUTPUT_FORMAT HEXADECIMAL)
  python_add_library(${target} MODULE ${ARG_SOURCES})
  target_compile_definitions(${target} PRIVATE Py_LIMITED_API=${hex})
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".abi3.so"
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
