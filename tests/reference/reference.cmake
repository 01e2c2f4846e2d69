# Scripts that write tables of reference values, run as tests by run.py.
find_program(RAVINE_PYTHON NAMES python3 HINTS /usr/bin
             DOC "Python with NumPy and mpmath, for reference tables")
mark_as_advanced(RAVINE_PYTHON)
if(NOT RAVINE_PYTHON)
  message(WARNING "Python 3 not found: the tests *.reference.* will be skipped")
  set(RAVINE_PYTHON ${CMAKE_COMMAND} -E env sh -c "echo Python 3 was not found && exit 77" --)
endif()
set(RAVINE_REFERENCE_RUNNER ${CMAKE_CURRENT_LIST_DIR}/run.py)

# ravine_reference_test(PART KIND SCRIPT LIBRARY...): the test PART.reference.SCRIPT.KIND, where KIND
# is "table" (the table beside the script is what it writes, to last bits) or "check" (it agrees with
# other people's libraries). Skipped, and so shown, where a LIBRARY that the script imports is not
# installed.
function(ravine_reference_test part kind script)
  get_filename_component(name ${script} NAME_WE)
  set(test ${part}.reference.${name}.${kind})
  add_test(NAME ${test} COMMAND ${RAVINE_PYTHON} ${RAVINE_REFERENCE_RUNNER} ${kind}
                                ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARGN})
  set_tests_properties(${test} PROPERTIES SKIP_RETURN_CODE 77 ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endfunction()
