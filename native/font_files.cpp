// SPDX-License-Identifier: MIT
#include "native/font_files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>

namespace vitrine {
namespace {

namespace fs = std::filesystem;

struct FontFile {
  FontFamily family;
  FontWeight weight;
  const char* file;
  const char* face;  // of a collection
};

constexpr FontFile kOwn[] = {
    {FontFamily::Text, FontWeight::Regular, "text-regular.otf", ""},
    {FontFamily::Text, FontWeight::Bold, "text-bold.otf", ""},
    {FontFamily::Display, FontWeight::Bold, "display-bold.otf", ""},
};

constexpr const char* kSystemFolder = "/usr/share/fonts/opentype/noto";
constexpr FontFile kSystem[] = {
    {FontFamily::Text, FontWeight::Regular, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC Regular"},
    {FontFamily::Text, FontWeight::Bold, "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC Bold"},
    {FontFamily::Display, FontWeight::Bold, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC Bold"},
};

// Mapped, not read: of the system's 20 MB files only the pages of the letters drawn are loaded.
std::optional<gfx::FontBytes> map_file(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat info {};
  void* data = MAP_FAILED;
  if (fstat(file, &info) == 0 && info.st_size > 0) {
    data = mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  if (data == MAP_FAILED) return std::nullopt;
  const auto size = static_cast<size_t>(info.st_size);
  const std::shared_ptr<const uint8_t> owner(
      static_cast<const uint8_t*>(data),
      [size](const uint8_t* p) { munmap(const_cast<uint8_t*>(p), size); });
  return gfx::FontBytes{owner, size};
}

bool add_font(gfx::StbGlyphSource& fonts, const fs::path& folder, const FontFile& font) {
  auto bytes = map_file(folder / font.file);
  return bytes && fonts.add_face(font.family, font.weight, std::move(*bytes), font.face).ok();
}

}  // namespace

fs::path program_folder(std::string_view name) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path prefix = program.parent_path().parent_path();
  const fs::path installed = prefix / "share/vitrine" / name;
  return fs::is_directory(installed, error) ? installed : prefix / name;
}

Result<std::unique_ptr<gfx::StbGlyphSource>> load_fonts(const fs::path& folder) {
  auto fonts = gfx::StbGlyphSource::create();
  int added = 0;
  for (const FontFile& font : kOwn) added += add_font(*fonts, folder, font) ? 1 : 0;
  for (const FontFile& font : kSystem) added += add_font(*fonts, kSystemFolder, font) ? 1 : 0;
  if (added == 0) {
    return Status{StatusCode::NotFound, "no font in " + folder.string() +
                                            " nor on the system: apt-get install fonts-noto-cjk"};
  }
  return fonts;
}

}  // namespace vitrine
