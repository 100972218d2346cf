// SPDX-License-Identifier: MIT
#include "engine/gfx/image_store.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace vitrine::gfx {
namespace {

constexpr size_t kMaxEntries = kMostPictures;
constexpr size_t kTableSize = 4096;
constexpr uint32_t kForgetFrames = 600;  // an entry unused for so long may be given to another
constexpr uint32_t kRetryFrames = 120;   // before asking again for what failed or had no room

uint64_t add(uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return (hash ^ 0xFF) * 1099511628211u;
}

uint64_t add(uint64_t hash, float value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  return add(hash, std::string_view(bytes, sizeof bytes));
}

uint64_t hash_of(const DrawingKey& key) {
  uint64_t hash = add(add(14695981039346656037u, key.path), key.group);
  hash = add(add(hash, key.width), key.height);
  const Color& c = key.current_color;
  hash = add(add(add(add(hash, c.r), c.g), c.b), c.a);
  return hash ^ hash >> 31;
}

uint64_t texture_bytes(const Image& image) {
  return uint64_t{image.width + 2} * (image.height + 2) * 4;
}

}  // namespace

ImageStore::ImageStore(const RendererSeams& seams, GlDevice& device, uint64_t budget_bytes)
    : seams_(seams),
      device_(device),
      budget_(budget_bytes),
      table_(kTableSize),
      self_(std::make_shared<ImageStore*>(this)) {
  entries_.reserve(kMaxEntries);
}

ImageHandle ImageStore::drawing(const DrawingKey& key) {
  return find_or_add(key, Source::Drawing);
}

ImageHandle ImageStore::picture(std::string_view path) {
  return find_or_add({path, {}, 0, 0, {}}, Source::Picture);
}

ImageHandle ImageStore::find_or_add(const DrawingKey& key, Source source) {
  const uint64_t hash = hash_of(key);
  for (size_t at = hash & (kTableSize - 1); table_[at] != 0; at = (at + 1) & (kTableSize - 1)) {
    const uint32_t index = table_[at] - 1;
    Entry& entry = entries_[index];
    if (entry.hash != hash || entry.source != source || entry.path != key.path ||
        entry.group != key.group || entry.width != key.width || entry.height != key.height ||
        !(entry.color == key.current_color)) {
      continue;
    }
    entry.last_used = frame_;
    refresh(index);
    return {index + 1, entry.generation};
  }
  const uint32_t index = free_entry();
  if (index >= entries_.size()) return {};
  Entry& entry = entries_[index];
  const uint32_t generation = entry.generation + 1;
  entry = Entry{};
  entry.path = key.path;
  entry.group = key.group;
  entry.width = key.width;
  entry.height = key.height;
  entry.color = key.current_color;
  entry.source = source;
  entry.hash = hash;
  entry.generation = generation;
  entry.taken = true;
  entry.last_used = frame_;
  rebuild_table();
  request(index);
  return {index + 1, generation};
}

// entries_.size() when all are in use.
uint32_t ImageStore::free_entry() {
  if (entries_.size() < kMaxEntries) {
    entries_.emplace_back();
    return static_cast<uint32_t>(entries_.size() - 1);
  }
  const auto oldest =
      std::min_element(entries_.begin(), entries_.end(),
                       [](const Entry& a, const Entry& b) { return a.last_used < b.last_used; });
  if (frame_ - oldest->last_used <= kForgetFrames) return static_cast<uint32_t>(entries_.size());
  release(*oldest);
  return static_cast<uint32_t>(oldest - entries_.begin());
}

void ImageStore::rebuild_table() {
  std::fill(table_.begin(), table_.end(), 0);
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].taken) continue;
    size_t at = entries_[i].hash & (kTableSize - 1);
    while (table_[at] != 0) at = (at + 1) & (kTableSize - 1);
    table_[at] = i + 1;
  }
}

const ImageStore::Entry* ImageStore::find(ImageHandle image) const {
  if (!image || image.index > entries_.size()) return nullptr;
  const Entry& entry = entries_[image.index - 1];
  return entry.generation == image.generation ? &entry : nullptr;
}

DrawingInfo ImageStore::info(ImageHandle image) const {
  const Entry* entry = find(image);
  return entry == nullptr ? DrawingInfo{} : entry->info;
}

uint32_t ImageStore::pending() const {
  return static_cast<uint32_t>(
      std::count_if(entries_.begin(), entries_.end(), [](const Entry& e) { return e.loading; }));
}

uint32_t ImageStore::kept() const {
  return static_cast<uint32_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const Entry& e) { return bool(e.pixels.texture); }));
}

uint32_t ImageStore::waiting_for_room() const {
  return static_cast<uint32_t>(
      std::count_if(entries_.begin(), entries_.end(),
                    [this](const Entry& e) { return e.no_room && frame_ - e.last_used <= 1; }));
}

ImagePixels ImageStore::use(ImageHandle image) {
  if (find(image) == nullptr) return {};
  Entry& entry = entries_[image.index - 1];
  entry.last_used = frame_;
  if (!entry.pixels.texture || entry.stale) refresh(image.index - 1);
  return entry.pixels;
}

// Asks again for what should be there and is not, or is there for another pixel ratio.
void ImageStore::refresh(uint32_t index) {
  const Entry& entry = entries_[index];
  const bool wanted = !entry.pixels.texture || entry.stale;
  if (!wanted || entry.loading || !device_.is_open()) return;
  if (entry.retry_at != 0 && frame_ < entry.retry_at) return;
  if (entry.failed && entry.retry_at == 0) return;
  request(index);
}

void ImageStore::context_lost() {
  for (Entry& entry : entries_) {
    entry.pixels = {};
    entry.info.ready = false;
    entry.retry_at = 0;
  }
  bytes_ = 0;
}

void ImageStore::set_pixel_ratio(float ratio) {
  if (ratio == ratio_) return;
  ratio_ = ratio;
  for (Entry& entry : entries_) {
    if (entry.source == Source::Picture) continue;
    entry.stale = true;
    // An answer on its way has the old size.
    entry.loading = false;
    entry.ticket = 0;
  }
}

bool ImageStore::make_room(const Entry& wanting, uint64_t bytes) {
  const uint64_t own = device_.texture_bytes(wanting.pixels.texture);
  while (bytes_ - own + bytes > budget_) {
    Entry* oldest = nullptr;
    for (Entry& entry : entries_) {
      // What the last frame showed is never taken away.
      if (&entry == &wanting || !entry.pixels.texture || frame_ - entry.last_used <= 1) continue;
      if (oldest == nullptr || entry.last_used < oldest->last_used) oldest = &entry;
    }
    if (oldest == nullptr) return false;
    release(*oldest);
  }
  return true;
}

void ImageStore::release(Entry& entry) {
  bytes_ -= device_.texture_bytes(entry.pixels.texture);
  device_.destroy_texture(entry.pixels.texture);
  entry.pixels = {};
  entry.info.ready = false;
}

bool ImageStore::upload(Entry& entry, const Image& image) {
  if (!make_room(entry, texture_bytes(image))) {
    entry.no_room = true;
    entry.retry_at = frame_ + kRetryFrames;
    return false;
  }
  release(entry);
  entry.pixels = {device_.make_texture({image.width + 2, image.height + 2, TextureFormat::Rgba}),
                  image.width, image.height};
  if (!entry.pixels.texture) {
    fail(entry, {StatusCode::ResourceExhausted, "larger than the graphics driver allows"});
    return false;
  }
  bytes_ += device_.texture_bytes(entry.pixels.texture);
  clear_border(entry.pixels);
  device_.update_texture(entry.pixels.texture, {1, 1, image.width, image.height},
                         image.pixels.data());
  entry.no_room = false;
  entry.failed = false;
  entry.stale = false;
  entry.retry_at = 0;
  entry.info.ready = true;
  entry.info.failed = false;
  return true;
}

void ImageStore::clear_border(const ImagePixels& pixels) {
  const uint32_t width = pixels.width + 2;
  const uint32_t height = pixels.height + 2;
  zeros_.resize(std::max<size_t>(zeros_.size(), size_t{std::max(width, height)} * 4));
  device_.update_texture(pixels.texture, {0, 0, width, 1}, zeros_.data());
  device_.update_texture(pixels.texture, {0, height - 1, width, 1}, zeros_.data());
  device_.update_texture(pixels.texture, {0, 0, 1, height}, zeros_.data());
  device_.update_texture(pixels.texture, {width - 1, 0, 1, height}, zeros_.data());
}

// What may work later is asked for again while somebody still draws it.
void ImageStore::fail(Entry& entry, const Status& status) {
  const bool later = status.code() == StatusCode::Unavailable;
  entry.failed = true;
  entry.info.failed = true;
  entry.stale = false;
  entry.retry_at = later ? frame_ + kRetryFrames : 0;
}

}  // namespace vitrine::gfx
