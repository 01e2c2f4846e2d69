# ravine_add_plugin(NAME SOURCE... [LIBRARIES LIB...])
#   builds NAME.so, a plugin that exports its entry and nothing else.
function(ravine_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.version)
  add_library(${name} MODULE ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ravine::plugin ${arg_LIBRARIES})
  # Eigen packs the panels of a product on the stack up to this many bytes and asks for memory above
  # it, in every step. By its blocking rule and the caches of ravine/sdk/dense.hpp a panel of n x n
  # matrices takes at most 0.75 MiB (Eigen's own bound for a block of the right side), two of them a
  # fifth of the 8 MiB that Linux gives a stack.
  target_compile_definitions(${name} PRIVATE EIGEN_STACK_ALLOCATION_LIMIT=1048576)
  set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden
                                           CXX_VISIBILITY_PRESET hidden
                                           VISIBILITY_INLINES_HIDDEN ON
                                           LINK_DEPENDS ${exports})
  # Two plugins that bundle the same library in two versions must not meet in one process.
  target_link_options(${name} PRIVATE -Wl,--version-script=${exports} -Wl,--exclude-libs,ALL)
endfunction()
