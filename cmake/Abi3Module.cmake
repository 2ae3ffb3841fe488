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
  # Only the entry is shown: templates of the C++ library would else be shared with other modules' own.
  set(map "${CMAKE_CURRENT_BINARY_DIR}/${target}.map")
  file(CONFIGURE OUTPUT "${map}" CONTENT "{ global: PyInit_${target}; local: *; };\n" @ONLY)
  target_link_options(${target} PRIVATE "LINKER:--version-script=${map}")
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${map}")
endfunction()
