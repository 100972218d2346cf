// SPDX-License-Identifier: MIT
#include "native/kiosk/start_history.h"

#include <charconv>
#include <string>

#include "native/data_dir.h"
#include "native/file_assets.h"

namespace vitrine {
namespace {

constexpr uint32_t kLastGoodAfter = 3;
constexpr uint32_t kPlainAfter = 4;

// A file that cannot be understood is no reason to show less.
uint32_t number_in(const Result<std::string>& text) {
  uint32_t number = 0;
  if (!text.ok()) return 0;
  const char* end = text.value().data() + text.value().size();
  return std::from_chars(text.value().data(), end, number).ec == std::errc() ? number : 0;
}

}  // namespace

StartStep step_after(uint32_t short_starts) {
  if (short_starts < kLastGoodAfter) return StartStep::Usual;
  return short_starts < kPlainAfter ? StartStep::LastGood : StartStep::Plain;
}

StartHistory::StartHistory(const std::filesystem::path& folder, int64_t good_after_us)
    : file_(folder / "starts"), good_after_us_(good_after_us) {}

Status StartHistory::begin() {
  short_starts_ = number_in(read_asset(file_.parent_path(), file_.filename().string()));
  return write(short_starts_ + 1);
}

void StartHistory::frame_shown(int64_t now_us) {
  if (good_) return;
  if (!any_frame_) first_frame_us_ = now_us;
  any_frame_ = true;
  if (now_us - first_frame_us_ < good_after_us_) return;
  good_ = true;
  worker_.post([this]() -> Worker::Report {
    (void)write(0).ok();
    return {};
  });
}

void StartHistory::end_well() {
  worker_.drain();
  if (!good_) (void)write(0).ok();
  good_ = true;
}

void StartHistory::take_back() {
  (void)write(short_starts_).ok();
}

Status StartHistory::write(uint32_t short_starts) const {
  return write_file_durably(file_, std::to_string(short_starts) + "\n", FileMode::Readable);
}

}  // namespace vitrine
