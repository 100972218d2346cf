// SPDX-License-Identifier: MIT
#include "native/media/film_end.h"

#include <string_view>

namespace vitrine::media {
namespace {

bool is_kind(const AVFormatContext& film, std::string_view name) {
  return film.iformat->name == name;
}

// FFmpeg has two readers of JPEGs in a row; which one it takes depends on the first picture's size.
bool is_jpegs(const AVFormatContext& film) {
  return is_kind(film, "mjpeg") || is_kind(film, "jpeg_pipe");
}

// A JPEG has its end (EOI) behind the samples of its last scan (SOS), in which no such bytes occur.
// Of a small picture within a head, as cameras add it, scan and end come before.
bool has_end(const AVPacket& jpeg) {
  const std::string_view bytes(reinterpret_cast<const char*>(jpeg.data),
                               static_cast<size_t>(jpeg.size));
  const size_t scan = bytes.rfind("\xff\xda");
  return scan != std::string_view::npos && bytes.find("\xff\xd9", scan) != std::string_view::npos;
}

// An .mp4 states where each of its pictures lies.
bool states_more(AVStream& stream, int64_t bytes) {
  for (int i = 0; i < avformat_index_get_entries_count(&stream); ++i) {
    const AVIndexEntry& entry = *avformat_index_get_entry(&stream, i);
    if (entry.pos + entry.size > bytes) return true;
  }
  return false;
}

}  // namespace

bool FilmEnd::take(const AVPacket& packet, const AVFormatContext& film) {
  whole_until_ = avio_tell(film.pb);
  last_is_open_ = is_jpegs(film) && !has_end(packet);
  if (last_is_open_) ++open_;
  // Some makers write no ends at all. Only the first tells whether this may be one that is cut off.
  return !last_is_open_ || open_ > 1;
}

bool FilmEnd::is_cut_off(AVFormatContext& film, const FileInput& input, int stream) const {
  if (is_kind(film, "yuv4mpegpipe")) return input.bytes() > whole_until_;
  if (is_jpegs(film)) return last_is_open_ && open_ == 1;
  return states_more(*film.streams[stream], input.bytes());
}

}  // namespace vitrine::media
