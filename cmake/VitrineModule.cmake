# vitrine_module(NAME SOURCES file… [DEPENDS module…])
#
# One static library a module. NAME is the folder's name ("gfx" → target vitrine_gfx). Sources are
# listed by name. Every include is written from the repository's root ("engine/gfx/canvas.h").
# DEPENDS names other modules and must agree with the block in docs/architecture.md; the layer test
# reads the includes, the linker reads this.
function(vitrine_module NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(vitrine_${NAME} STATIC ${ARG_SOURCES})
  target_link_libraries(vitrine_${NAME} PUBLIC vitrine_flags vitrine_engine_flags)
  foreach(module IN LISTS ARG_DEPENDS)
    target_link_libraries(vitrine_${NAME} PUBLIC vitrine_${module})
  endforeach()
  if(ARG_LIBRARIES)
    target_link_libraries(vitrine_${NAME} PRIVATE ${ARG_LIBRARIES})
  endif()
endfunction()

# vitrine_test(NAME LABEL label SOURCES file… [MODULES module…] [LIBRARIES target…])
#
# One Catch2 program, one CTest case a program, with a label to choose it by: unit, gl, server,
# browser, enemy, layers, golden. Runs in the repository's root so that it finds assets/ and docs/.
function(vitrine_test NAME)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;MODULES;LIBRARIES;ENVIRONMENT" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE vitrine_test_flags vitrine_catch ${ARG_LIBRARIES})
  target_precompile_headers(${NAME} REUSE_FROM vitrine_test_headers)
  foreach(module IN LISTS ARG_MODULES)
    target_link_libraries(${NAME} PRIVATE vitrine_${module})
  endforeach()
  add_test(NAME ${NAME} COMMAND ${NAME} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  set_tests_properties(${NAME} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
  if(ARG_ENVIRONMENT)
    set_tests_properties(${NAME} PROPERTIES ENVIRONMENT "${ARG_ENVIRONMENT}")
  endif()
endfunction()
