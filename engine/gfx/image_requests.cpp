// SPDX-License-Identifier: MIT
// The asynchronous half of ImageStore: from a path to pixels.
#include <algorithm>
#include <span>
#include <utility>

#include "engine/gfx/image_store.h"

namespace vitrine::gfx {
namespace {

constexpr size_t kDocumentBytes = 4u << 20;  // of SVG text kept for other sizes and groups
constexpr float kMaxPixels = 4096;

uint32_t to_pixels(float points, float ratio) {
  return static_cast<uint32_t>(nearest_int(clamp(points * ratio, 1, kMaxPixels)));
}

bool is_whole(const Image& image) {
  return image.width > 0 && image.height > 0 &&
         image.pixels.size() == size_t{image.width} * image.height * 4;
}

std::span<const uint8_t> as_bytes(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

void ImageStore::request(uint32_t index) {
  Entry& entry = entries_[index];
  entry.loading = true;
  entry.awaits_document = false;
  entry.failed = false;
  entry.info.failed = false;
  entry.retry_at = 0;
  entry.ticket = ++tickets_;
  if (entry.source == Source::Drawing) {
    request_drawing(index);
  } else {
    request_picture(index);
  }
}

void ImageStore::request_drawing(uint32_t index) {
  const std::string& path = entries_[index].path;
  Document& held = document(path);
  if (!held.bytes.empty()) {
    rasterize(index, held.bytes);
    return;
  }
  entries_[index].awaits_document = true;
  if (held.loading) return;  // everybody who waits for it is served when it comes
  held.loading = true;
  seams_.assets.request(
      path, [weak = std::weak_ptr<ImageStore*>(self_), path](Result<std::string> result) {
        if (const auto self = weak.lock()) (*self)->on_document(path, std::move(result));
      });
}

void ImageStore::request_picture(uint32_t index) {
  const uint32_t ticket = entries_[index].ticket;
  seams_.assets.request(entries_[index].path, [weak = std::weak_ptr<ImageStore*>(self_), index,
                                               ticket](Result<std::string> result) {
    const auto self = weak.lock();
    if (self) (*self)->decode(index, ticket, std::move(result));
  });
}

ImageStore::Document& ImageStore::document(std::string_view path) {
  for (Document& known : documents_) {
    if (known.path == path) return known;
  }
  documents_.push_back({std::string(path), {}, false});
  return documents_.back();
}

void ImageStore::on_document(std::string_view path, Result<std::string> result) {
  Document& held = document(path);
  held.loading = false;
  if (result.ok()) held.bytes = std::move(result).value();
  const bool empty = result.ok() && held.bytes.empty();
  const Status problem =
      empty ? Status(StatusCode::InvalidArgument, "an empty drawing") : result.status();
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    if (!entry.loading || !entry.awaits_document || entry.path != path) continue;
    entry.awaits_document = false;
    if (problem.ok()) {
      rasterize(i, held.bytes);
    } else {
      entry.loading = false;
      fail(entry, problem);
    }
  }
  trim_documents();
}

// The text of what is on screen can always be had again from Assets.
void ImageStore::trim_documents() {
  size_t total = 0;
  for (const Document& held : documents_) total += held.bytes.size();
  for (Document& held : documents_) {
    if (total <= kDocumentBytes) return;
    total -= held.bytes.size();
    held.bytes = {};
  }
}

void ImageStore::rasterize(uint32_t index, const std::string& text) {
  const Entry& entry = entries_[index];
  const uint32_t ticket = entry.ticket;
  VectorRequest request;
  request.document = text;
  request.group = entry.group;
  request.width = to_pixels(entry.width, ratio_);
  request.height = entry.height > 0 ? to_pixels(entry.height, ratio_) : 0;
  request.current_color = entry.color;
  seams_.vectors.rasterize(request, [weak = std::weak_ptr<ImageStore*>(self_), index,
                                     ticket](Result<VectorImage> result) {
    if (const auto self = weak.lock()) (*self)->on_drawing(index, ticket, std::move(result));
  });
}

void ImageStore::decode(uint32_t index, uint32_t ticket, Result<std::string> bytes) {
  if (!is_current(index, ticket)) return;
  if (!bytes.ok()) {
    entries_[index].loading = false;
    fail(entries_[index], bytes.status());
    return;
  }
  seams_.decoder.decode(as_bytes(bytes.value()), [weak = std::weak_ptr<ImageStore*>(self_), index,
                                                  ticket](Result<Image> result) {
    if (const auto self = weak.lock()) (*self)->on_picture(index, ticket, std::move(result));
  });
}

bool ImageStore::is_current(uint32_t index, uint32_t ticket) const {
  return index < entries_.size() && entries_[index].ticket == ticket;
}

void ImageStore::on_drawing(uint32_t index, uint32_t ticket, Result<VectorImage> result) {
  if (!is_current(index, ticket)) return;
  Entry& entry = entries_[index];
  entry.loading = false;
  if (!result.ok()) return fail(entry, result.status());
  const VectorImage& drawn = result.value();
  const Rect& box = drawn.view_box;
  if (!is_whole(drawn.image) || box.width <= 0 || box.height <= 0) {
    return fail(entry, {StatusCode::InvalidArgument, "nothing drawn"});
  }
  if (!device_.is_open() || !upload(entry, drawn.image)) return;
  const float sx = entry.width / box.width;
  const float sy = entry.height > 0 ? entry.height / box.height : sx;
  entry.info.view = {entry.width, box.height * sy};
  entry.info.bounds = {(drawn.bounds.x - box.x) * sx, (drawn.bounds.y - box.y) * sy,
                       drawn.bounds.width * sx, drawn.bounds.height * sy};
}

void ImageStore::on_picture(uint32_t index, uint32_t ticket, Result<Image> result) {
  if (!is_current(index, ticket)) return;
  Entry& entry = entries_[index];
  entry.loading = false;
  if (!result.ok()) return fail(entry, result.status());
  const Image& image = result.value();
  if (!is_whole(image)) return fail(entry, {StatusCode::InvalidArgument, "an empty picture"});
  if (!device_.is_open() || !upload(entry, image)) return;
  const Size size{static_cast<float>(image.width), static_cast<float>(image.height)};
  entry.info.view = size;
  entry.info.bounds = {0, 0, size.width, size.height};
}

}  // namespace vitrine::gfx
