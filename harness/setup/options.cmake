# ravine_options: what every target of the project is compiled with. Targets link it; no flag is set
# directory-wide.
add_library(ravine_options INTERFACE)
target_compile_features(ravine_options INTERFACE cxx_std_20 c_std_99)
target_include_directories(ravine_options INTERFACE ${PROJECT_SOURCE_DIR}
                                                    ${PROJECT_SOURCE_DIR}/plugins/abi)
target_compile_options(
  ravine_options
  INTERFACE -march=${RAVINE_ARCH}
            # One rounding an operation: a contracted a*b+c gives other bits on another compiler.
            -ffp-contract=off
            -fno-math-errno
            -fvisibility=hidden
            $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef -Werror
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>
            $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
            # A false alarm about std::string at -O3, mended in GCC 13 (PR 105651).
            $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
set_target_properties(ravine_options PROPERTIES INTERFACE_POSITION_INDEPENDENT_CODE ON)

if(RAVINE_SANITIZE)
  target_compile_definitions(ravine_options INTERFACE RAVINE_SANITIZED)
  target_compile_options(ravine_options INTERFACE -fsanitize=${RAVINE_SANITIZE}
                                                  -fno-omit-frame-pointer
                                                  -fno-sanitize-recover=all)
  target_link_options(ravine_options INTERFACE -fsanitize=${RAVINE_SANITIZE})
endif()

# ravine_eigen: Eigen as every part uses it, with results that depend on neither alignment of the
# machine's caches nor its number of cores.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
add_library(ravine_eigen INTERFACE)
target_link_libraries(ravine_eigen INTERFACE Eigen3::Eigen)
target_compile_definitions(ravine_eigen INTERFACE EIGEN_DONT_PARALLELIZE EIGEN_MPL2_ONLY)
get_target_property(_eigen_include Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(ravine_eigen SYSTEM INTERFACE ${_eigen_include})
