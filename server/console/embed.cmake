# SPDX-License-Identifier: MIT
# cmake -DOUT=FILE.h -DFILES=A;B -P embed.cmake: files of the console as texts in the program.
set(type_.html "text/html; charset=utf-8")
set(type_.css "text/css; charset=utf-8")
set(type_.js "text/javascript; charset=utf-8")
set(text "// SPDX-License-Identifier: MIT
// Made from server/console while building.
#pragma once

#include <string_view>

namespace vitrine {

struct ConsoleFile {
  std::string_view name, type, text;
};

inline constexpr ConsoleFile kConsoleFiles[] = {
")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  get_filename_component(extension ${file} LAST_EXT)
  file(READ ${file} content)
  string(APPEND text "    {\"${name}\", \"${type_${extension}}\", R\"vitrine(${content})vitrine\"},\n")
endforeach()
string(APPEND text "};

}  // namespace vitrine
")
file(WRITE ${OUT} "${text}")
