// SPDX-License-Identifier: MIT
#include "native/rsvg_rasterizer.h"

#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>

namespace vitrine {
namespace {

constexpr size_t kMaxDocument = 1u << 20;
constexpr uint32_t kMaxSide = 4096;
// Blurs and strokes reach beyond what librsvg calls a group's ink; what is empty is trimmed again.
constexpr double kReach = 0.12;

struct PixelRect {
  int left = 0, top = 0, right = 0, bottom = 0;
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

using Handle = std::unique_ptr<RsvgHandle, void (*)(gpointer)>;
using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
using Context = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

Status failure(StatusCode code, const char* what, GError* error) {
  std::string message = what;
  if (error != nullptr) message += std::string(": ") + error->message;
  g_clear_error(&error);
  return {code, message};
}

// A rule for the root wins over its `color` attribute and is inherited by everything below.
std::string color_rule(const Color& color) {
  const auto byte = [](float v) { return static_cast<int>(std::lround(clamp(v, 0, 1) * 255)); };
  char text[96];
  std::snprintf(text, sizeof text, "svg { color: rgba(%d, %d, %d, %.4f) }", byte(color.r),
                byte(color.g), byte(color.b), static_cast<double>(color.a));
  return text;
}

// No base file is set: librsvg then loads nothing from outside the document.
Result<Handle> parse(std::string_view document, const Color& color) {
  if (document.size() > kMaxDocument) {
    return Status{StatusCode::ResourceExhausted, "drawing larger than 1 MiB"};
  }
  GError* error = nullptr;
  Handle handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(document.data()),
                                          document.size(), &error),
                g_object_unref);
  if (handle == nullptr) return failure(StatusCode::InvalidArgument, "not an SVG drawing", error);
  const std::string rule = color_rule(color);
  if (rsvg_handle_set_stylesheet(handle.get(), reinterpret_cast<const guint8*>(rule.data()),
                                 rule.size(), &error) == FALSE) {
    return failure(StatusCode::Internal, "cannot set the drawing's colour", error);
  }
  return handle;
}

Result<Rect> view_box_of(RsvgHandle* handle) {
  gboolean has_width = FALSE, has_height = FALSE, has_view_box = FALSE;
  RsvgLength width{}, height{};
  RsvgRectangle view_box{};
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height,
                                       &has_view_box, &view_box);
  if (has_view_box == FALSE || view_box.width <= 0 || view_box.height <= 0) {
    return Status{StatusCode::InvalidArgument, "drawing without a viewBox"};
  }
  return Rect{static_cast<float>(view_box.x), static_cast<float>(view_box.y),
              static_cast<float>(view_box.width), static_cast<float>(view_box.height)};
}

PixelRect whole(const VectorRequest& request) {
  return {0, 0, static_cast<int>(request.width), static_cast<int>(request.height)};
}

// Where the group's pixels can be, within the drawing.
Result<PixelRect> reach_of(RsvgHandle* handle, const std::string& id,
                           const RsvgRectangle& viewport) {
  GError* error = nullptr;
  RsvgRectangle ink{};
  if (rsvg_handle_has_sub(handle, id.c_str()) == FALSE) {
    return Status{StatusCode::NotFound, "no group " + id + " in the drawing"};
  }
  if (rsvg_handle_get_geometry_for_layer(handle, id.c_str(), &viewport, &ink, nullptr, &error) ==
      FALSE) {
    return failure(StatusCode::NotFound, ("group " + id).c_str(), error);
  }
  const double reach = kReach * std::max(ink.width, ink.height) + 4;
  return PixelRect{
      static_cast<int>(std::floor(std::max(0.0, ink.x - reach))),
      static_cast<int>(std::floor(std::max(0.0, ink.y - reach))),
      static_cast<int>(std::ceil(std::min(viewport.width, ink.x + ink.width + reach))),
      static_cast<int>(std::ceil(std::min(viewport.height, ink.y + ink.height + reach)))};
}

Status draw(RsvgHandle* handle, const std::string& id, const RsvgRectangle& viewport,
            const PixelRect& area, cairo_surface_t* surface) {
  const Context context(cairo_create(surface), cairo_destroy);
  cairo_translate(context.get(), -area.left, -area.top);
  GError* error = nullptr;
  const gboolean drawn =
      id.empty() ? rsvg_handle_render_document(handle, context.get(), &viewport, &error)
                 : rsvg_handle_render_layer(handle, context.get(), id.c_str(), &viewport, &error);
  if (drawn == FALSE) return failure(StatusCode::InvalidArgument, "cannot draw", error);
  cairo_surface_flush(surface);
  return {};
}

bool row_has_ink(const uint8_t* row, int width) {
  for (int x = 0; x < width; ++x) {
    if (row[x * 4 + 3] != 0) return true;
  }
  return false;
}

bool column_has_ink(const uint8_t* data, int stride, int x, const PixelRect& rows) {
  for (int y = rows.top; y < rows.bottom; ++y) {
    if (data[y * stride + x * 4 + 3] != 0) return true;
  }
  return false;
}

// The part that is not transparent, in the surface's own pixels.
PixelRect ink_of(const uint8_t* data, int stride, int width, int height) {
  PixelRect ink{0, 0, width, height};
  while (ink.top < ink.bottom && !row_has_ink(data + ink.top * stride, width)) ++ink.top;
  while (ink.bottom > ink.top && !row_has_ink(data + (ink.bottom - 1) * stride, width))
    --ink.bottom;
  while (ink.left < ink.right && !column_has_ink(data, stride, ink.left, ink)) ++ink.left;
  while (ink.right > ink.left && !column_has_ink(data, stride, ink.right - 1, ink)) --ink.right;
  return ink;
}

// Cairo keeps premultiplied BGRA in memory (little endian); we keep premultiplied RGBA.
Image copy_pixels(const uint8_t* data, int stride, const PixelRect& part) {
  Image image{static_cast<uint32_t>(part.width()), static_cast<uint32_t>(part.height()), {}};
  image.pixels.resize(size_t{image.width} * image.height * 4);
  uint8_t* to = image.pixels.data();
  for (int y = part.top; y < part.bottom; ++y) {
    const uint8_t* from = data + y * stride + part.left * 4;
    for (int x = 0; x < part.width(); ++x, from += 4, to += 4) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
      to[3] = from[3];
    }
  }
  return image;
}

VectorImage cut(cairo_surface_t* surface, const PixelRect& area, const VectorRequest& request,
                const Rect& view) {
  const uint8_t* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  // A whole drawing keeps its size, so that others line up with it.
  const PixelRect part = request.group.empty() ? PixelRect{0, 0, area.width(), area.height()}
                                               : ink_of(data, stride, area.width(), area.height());
  const float unit_x = view.width / static_cast<float>(request.width);
  const float unit_y = view.height / static_cast<float>(request.height);
  VectorImage result;
  result.image = copy_pixels(data, stride, part);
  result.view_box = view;
  result.bounds = {view.x + static_cast<float>(area.left + part.left) * unit_x,
                   view.y + static_cast<float>(area.top + part.top) * unit_y,
                   static_cast<float>(part.width()) * unit_x,
                   static_cast<float>(part.height()) * unit_y};
  return result;
}

std::string layer_id(std::string_view group) {
  if (group.empty()) return {};
  std::string id(1, '#');
  id.append(group);
  return id;
}

// Height 0 asks for the view box's own aspect.
void complete_size(VectorRequest& request, const Rect& view) {
  if (request.height != 0) return;
  const float height = static_cast<float>(request.width) * view.height / view.width;
  request.height = std::max(1u, static_cast<uint32_t>(std::lround(height)));
}

Status check_size(const VectorRequest& request) {
  if (request.width == 0) {
    return {StatusCode::InvalidArgument, "a drawing of no size was asked for"};
  }
  if (request.width > kMaxSide || request.height > kMaxSide) {
    return {StatusCode::ResourceExhausted, "at most 4096 pixels a side"};
  }
  return {};
}

}  // namespace

Result<VectorImage> rasterize_svg(const VectorRequest& asked) {
  Result<Handle> handle = parse(asked.document, asked.current_color);
  if (!handle.ok()) return handle.status();
  const Result<Rect> view = view_box_of(handle.value().get());
  if (!view.ok()) return view.status();
  VectorRequest request = asked;
  complete_size(request, view.value());
  Status status = check_size(request);
  if (!status.ok()) return status;

  const RsvgRectangle viewport{0, 0, static_cast<double>(request.width),
                               static_cast<double>(request.height)};
  const std::string id = layer_id(request.group);
  const Result<PixelRect> area =
      id.empty() ? whole(request) : reach_of(handle.value().get(), id, viewport);
  if (!area.ok()) return area.status();
  if (area.value().width() <= 0 || area.value().height() <= 0) return VectorImage{};

  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, area.value().width(), area.value().height()),
      cairo_surface_destroy);
  status = draw(handle.value().get(), id, viewport, area.value(), surface.get());
  if (!status.ok()) return status;
  return cut(surface.get(), area.value(), request, view.value());
}

void RsvgRasterizer::rasterize(const VectorRequest& request, Done done) {
  worker_.post([copy = VectorRequest(request), document = std::string(request.document),
                group = std::string(request.group),
                done = std::move(done)]() mutable -> Worker::Report {
    copy.document = document;
    copy.group = group;
    auto image = std::make_shared<Result<VectorImage>>(rasterize_svg(copy));
    return [image, done] { done(std::move(*image)); };
  });
}

}  // namespace vitrine
