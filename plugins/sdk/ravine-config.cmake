# find_package(ravine): the target ravine::plugin (plugin.h and the SDK) and ravine_add_plugin().
include(${CMAKE_CURRENT_LIST_DIR}/ravine-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/ravine_plugin.cmake)
