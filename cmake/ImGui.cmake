# Dear ImGui's core, for the service panel, from Debian's source package: Debian's library is built
# for desktop GL, and its backends are not used (engine/staff has its own, of a few lines).
#
# Gives the target vitrine_imgui.

set(VITRINE_IMGUI_SOURCE ${PROJECT_SOURCE_DIR}/.dev/sources/imgui CACHE PATH "Unpacked ImGui sources")

if(NOT EXISTS ${VITRINE_IMGUI_SOURCE}/imgui.cpp
   OR VITRINE_IMGUI_SOURCE STREQUAL "${PROJECT_SOURCE_DIR}/.dev/sources/imgui")
  # Does nothing when what is there is what is pinned.
  execute_process(
    COMMAND ${PROJECT_SOURCE_DIR}/tools/fetch-source-package.sh
            imgui ${VITRINE_IMGUI_VERSION} ${VITRINE_IMGUI_SHA256}
    RESULT_VARIABLE imgui_fetched)
  if(imgui_fetched)
    message(FATAL_ERROR "ImGui's sources could not be had (see above). Offline: put "
      "imgui_${VITRINE_IMGUI_VERSION}.orig.tar.xz into a folder and name it in VITRINE_SOURCE_TARBALLS, "
      "or build without the service panel: -DVITRINE_STAFF=OFF.")
  endif()
endif()

set(imgui_sources imgui.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp)
list(TRANSFORM imgui_sources PREPEND ${VITRINE_IMGUI_SOURCE}/)
add_library(vitrine_imgui STATIC ${imgui_sources})
target_include_directories(vitrine_imgui SYSTEM PUBLIC ${VITRINE_IMGUI_SOURCE})
target_compile_definitions(vitrine_imgui PUBLIC
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_METRICS_WINDOW
  IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS)
target_compile_options(vitrine_imgui PRIVATE -w)
