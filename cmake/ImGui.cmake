# Dear ImGui's core, for the service panel, from Debian's source package: Debian's library is built
# for desktop GL, and its backends are not used (engine/staff has its own, of a few lines).
#
# Gives the target vitrine_imgui.

vitrine_source_package(VITRINE_IMGUI imgui imgui.cpp xz
  ", or build without the service panel: -DVITRINE_STAFF=OFF")

set(imgui_sources imgui.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp)
list(TRANSFORM imgui_sources PREPEND ${VITRINE_IMGUI_SOURCE}/)
add_library(vitrine_imgui STATIC ${imgui_sources})
target_include_directories(vitrine_imgui SYSTEM PUBLIC ${VITRINE_IMGUI_SOURCE})
target_compile_definitions(vitrine_imgui PUBLIC
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_METRICS_WINDOW
  IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS)
target_compile_options(vitrine_imgui PRIVATE -w)
