# collect_units(<out-var-for-sources> DIR <folder> TABLE <generated header> MACRO <name>)
#
# Every .cc file in DIR defines one object named like the file. The generated header lists them in
# file-name order, so a new unit is a new file and nothing else.
function(collect_units out_sources)
  cmake_parse_arguments(ARG "" "DIR;TABLE;MACRO" "" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${ARG_DIR}/*.cc")
  list(SORT sources)
  set(lines "// Generated from the files in this folder.\n")
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    string(APPEND lines "${ARG_MACRO}(${name})\n")
  endforeach()
  file(CONFIGURE OUTPUT "${ARG_TABLE}" CONTENT "${lines}" @ONLY)
  set(${out_sources} ${sources} PARENT_SCOPE)
endfunction()
