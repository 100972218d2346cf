// SPDX-License-Identifier: MIT
#include <cfloat>
#include <cstddef>
#include <type_traits>

#include "engine/staff/surface_internal.h"
#include "engine/staff/words.h"

namespace vitrine::staff {
namespace {

using input::PointerPhase;

const ImVec2 kNowhere{-FLT_MAX, -FLT_MAX};

// The same 20 bytes by another name.
static_assert(sizeof(ImDrawVert) == sizeof(gfx::TriangleVertex));
static_assert(offsetof(ImDrawVert, uv) == offsetof(gfx::TriangleVertex, u));
static_assert(offsetof(ImDrawVert, col) == offsetof(gfx::TriangleVertex, color));
static_assert(std::is_same_v<ImDrawIdx, uint16_t>);

}  // namespace

Surface::Surface(GlyphSource& glyphs)
    : fonts_(glyphs), context_(ImGui::CreateContext(&fonts_.imgui())) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // our atlas has no lines in it
}

Surface::~Surface() {
  ImGui::DestroyContext(context_);
}

void Surface::resize(Size pixels, float pixels_a_unit) {
  size_ = pixels;
  if (pixels_a_unit == unit_) return;
  unit_ = pixels_a_unit;
  fonts_.build(all_characters(), unit_);
  is_texture_new_ = true;
}

void Surface::touch(PointerPhase phase, Vec2 position) {
  if (phase == PointerPhase::Cancel) return cancel();
  steps_.push_back({position, phase != PointerPhase::Up});
}

void Surface::cancel() {
  steps_.clear();
  // Lifted where nothing is: no button is activated.
  if (is_down_) steps_.push_back({{-1e6f, -1e6f}, false});
}

// Moves are played at once up to the next change; a lifted finger is nowhere from the next frame
// on.
void Surface::begin_frame(float dt) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {size_.width, size_.height};
  io.DeltaTime = dt;
  if (was_released_) io.MousePos = kNowhere;
  was_released_ = false;
  while (!steps_.empty()) {
    const Step step = steps_.front();
    steps_.pop_front();
    io.MousePos = {step.position.x, step.position.y};
    if (step.down == is_down_) continue;
    is_down_ = step.down;
    was_released_ = !step.down;
    break;
  }
  io.MouseDown[0] = is_down_;
  ImGui::NewFrame();
}

void Surface::end_frame() {
  ImGui::Render();
}

void Surface::draw(gfx::TriangleRenderer& renderer, uint32_t framebuffer) {
  ImGui::SetCurrentContext(context_);
  const ImDrawData* data = ImGui::GetDrawData();
  if (data == nullptr || !data->Valid) return;
  if (is_texture_new_) {
    const ImFontAtlas& atlas = fonts_.imgui();
    is_texture_new_ =
        !renderer.set_texture(static_cast<uint32_t>(atlas.TexWidth),
                              static_cast<uint32_t>(atlas.TexHeight), atlas.TexPixelsAlpha8);
  }
  renderer.begin(framebuffer, size_, 1);
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList& list = *data->CmdLists[i];
    commands_.clear();
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImVec4& clip = command.ClipRect;
      commands_.push_back({{clip.x, clip.y, clip.z - clip.x, clip.w - clip.y},
                           command.IdxOffset,
                           command.ElemCount});
    }
    const auto* vertices = reinterpret_cast<const gfx::TriangleVertex*>(list.VtxBuffer.Data);
    renderer.draw({vertices, static_cast<size_t>(list.VtxBuffer.Size)},
                  {list.IdxBuffer.Data, static_cast<size_t>(list.IdxBuffer.Size)}, commands_);
  }
  renderer.end();
}

}  // namespace vitrine::staff
