// SPDX-License-Identifier: MIT
#include "engine/gfx/gl_device.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <string_view>

#include "engine/base/assert.h"

namespace vitrine::gfx {
namespace {

uint32_t bytes_a_pixel(TextureFormat format) {
  return format == TextureFormat::Rgba ? 4 : 1;
}
GLenum gl_format(TextureFormat format) {
  return format == TextureFormat::Rgba ? GL_RGBA : GL_RED;
}
GLint gl_storage(TextureFormat format) {
  return format == TextureFormat::Rgba ? GL_RGBA8 : GL_R8;
}

// Index of a free slot, making one if none is.
template <typename Slots>
size_t free_slot(Slots& slots) {
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].name == 0) return i;
  }
  slots.emplace_back();
  return slots.size() - 1;
}

GLuint start_shader(GLuint program, GLenum kind, const char* source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  glAttachShader(program, shader);
  return shader;
}

// The driver's words, where it did not compile.
bool is_compiled(GLuint shader, std::string& problem) {
  GLint ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok) return true;
  char log[1024] = {};
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  problem += log;
  return false;
}

std::string link_problem(GLuint program) {
  char log[1024] = {};
  glGetProgramInfoLog(program, sizeof log, nullptr, log);
  return std::string("link: ") + log;
}

}  // namespace

Status GlDevice::open() {
  VITRINE_ASSERT(!open_);
  const auto* version = reinterpret_cast<const char*>(glGetString(GL_VERSION));
  if (version == nullptr) return {StatusCode::Unavailable, "gfx: no GL context is current"};
  // Both the native and the browser's string name the edition: "OpenGL ES 3.x ...".
  constexpr std::string_view kEdition = "OpenGL ES ";
  const std::string_view words = version;
  const size_t edition = words.find(kEdition);
  if (edition == words.npos || words.substr(edition + kEdition.size()) < "3") {
    return {StatusCode::Unavailable, std::string("gfx: needs OpenGL ES 3, this is ") + version};
  }
  GLint size = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &size);
  max_texture_size_ = static_cast<uint32_t>(size);
  open_ = true;
  return {};
}

void GlDevice::forget() {
  for (TextureSlot& slot : textures_) slot.name = 0;
  for (TargetSlot& slot : targets_) slot.name = 0;
  building_.clear();
  counts_ = {};
  open_ = false;
}

void GlDevice::close() {
  if (!open_) return;
  for (TargetSlot& slot : targets_) {
    if (slot.name != 0) glDeleteFramebuffers(1, &slot.name);
  }
  for (TextureSlot& slot : textures_) {
    if (slot.name != 0) glDeleteTextures(1, &slot.name);
  }
  forget();
}

const GlDevice::TextureSlot* GlDevice::find(TextureHandle texture) const {
  if (!texture || texture.index > textures_.size()) return nullptr;
  const TextureSlot& slot = textures_[texture.index - 1];
  if (slot.generation != texture.generation || slot.name == 0) return nullptr;
  return &slot;
}

const GlDevice::TargetSlot* GlDevice::find(TargetHandle target) const {
  if (!target || target.index > targets_.size()) return nullptr;
  const TargetSlot& slot = targets_[target.index - 1];
  if (slot.generation != target.generation || slot.name == 0) return nullptr;
  return &slot;
}

TextureHandle GlDevice::make_texture(const TextureDesc& desc) {
  VITRINE_ASSERT(desc.width > 0 && desc.height > 0);
  if (!open_ || desc.width > max_texture_size_ || desc.height > max_texture_size_) return {};
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, gl_storage(desc.format), static_cast<GLsizei>(desc.width),
               static_cast<GLsizei>(desc.height), 0, gl_format(desc.format), GL_UNSIGNED_BYTE,
               nullptr);
  const size_t index = free_slot(textures_);
  TextureSlot& slot = textures_[index];
  slot = {desc, name, slot.generation + 1};
  ++counts_.textures;
  return {static_cast<uint32_t>(index + 1), slot.generation};
}

void GlDevice::update_texture(TextureHandle texture, const TextureRegion& region,
                              const uint8_t* pixels) {
  const TextureSlot* slot = find(texture);
  if (slot == nullptr) return;
  VITRINE_ASSERT(region.x + region.width <= slot->desc.width);
  VITRINE_ASSERT(region.y + region.height <= slot->desc.height);
  glBindTexture(GL_TEXTURE_2D, slot->name);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(region.x), static_cast<GLint>(region.y),
                  static_cast<GLsizei>(region.width), static_cast<GLsizei>(region.height),
                  gl_format(slot->desc.format), GL_UNSIGNED_BYTE, pixels);
}

void GlDevice::destroy_texture(TextureHandle& texture) {
  const TextureSlot* slot = find(texture);
  if (slot != nullptr) {
    glDeleteTextures(1, &slot->name);
    textures_[texture.index - 1].name = 0;
    --counts_.textures;
  }
  texture = {};
}

uint32_t GlDevice::texture_name(TextureHandle texture) const {
  const TextureSlot* slot = find(texture);
  return slot == nullptr ? 0 : slot->name;
}

uint64_t GlDevice::texture_bytes(TextureHandle texture) const {
  const TextureSlot* slot = find(texture);
  if (slot == nullptr) return 0;
  return uint64_t{slot->desc.width} * slot->desc.height * bytes_a_pixel(slot->desc.format);
}

TargetHandle GlDevice::make_target(uint32_t width, uint32_t height) {
  const TextureHandle texture = make_texture({width, height, TextureFormat::Rgba});
  if (!texture) return {};
  GLuint name = 0;
  glGenFramebuffers(1, &name);
  glBindFramebuffer(GL_FRAMEBUFFER, name);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_name(texture),
                         0);
  glBindFramebuffer(GL_FRAMEBUFFER, screen_);
  const size_t index = free_slot(targets_);
  TargetSlot& slot = targets_[index];
  slot = {texture, name, slot.generation + 1};
  ++counts_.framebuffers;
  return {static_cast<uint32_t>(index + 1), slot.generation};
}

void GlDevice::destroy_target(TargetHandle& target) {
  const TargetSlot* slot = find(target);
  if (slot != nullptr) {
    TargetSlot& mine = targets_[target.index - 1];
    glDeleteFramebuffers(1, &mine.name);
    mine.name = 0;
    destroy_texture(mine.texture);
    --counts_.framebuffers;
  }
  target = {};
}

TextureHandle GlDevice::target_texture(TargetHandle target) const {
  const TargetSlot* slot = find(target);
  return slot == nullptr ? TextureHandle{} : slot->texture;
}

TextureDesc GlDevice::target_size(TargetHandle target) const {
  const TargetSlot* slot = find(target);
  const TextureSlot* texture = slot == nullptr ? nullptr : find(slot->texture);
  return texture == nullptr ? TextureDesc{} : texture->desc;
}

uint32_t GlDevice::framebuffer_name(TargetHandle target) const {
  const TargetSlot* slot = find(target);
  return slot == nullptr ? screen_ : slot->name;
}

void GlDevice::bind_target(TargetHandle target) {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_name(target));
}

void GlDevice::blit(TargetHandle from, const TextureRegion& part, TargetHandle to,
                    const TextureRegion& place) {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_name(from));
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_name(to));
  const auto edge = [](uint32_t v) { return static_cast<GLint>(v); };
  glBlitFramebuffer(edge(part.x), edge(part.y), edge(part.x + part.width),
                    edge(part.y + part.height), edge(place.x), edge(place.y),
                    edge(place.x + place.width), edge(place.y + place.height), GL_COLOR_BUFFER_BIT,
                    GL_LINEAR);
  glBindFramebuffer(GL_FRAMEBUFFER, screen_);
}

uint32_t GlDevice::start_program(const char* vertex, const char* fragment) {
  Building made;
  made.program = glCreateProgram();
  made.vertex = start_shader(made.program, GL_VERTEX_SHADER, vertex);
  made.fragment = start_shader(made.program, GL_FRAGMENT_SHADER, fragment);
  glLinkProgram(made.program);
  building_.push_back(made);
  ++counts_.programs;
  return made.program;
}

bool GlDevice::finish_program(uint32_t& program, std::string& problem) {
  GLint ok = 0;
  glGetProgramiv(program, GL_LINK_STATUS, &ok);
  const auto made = std::find_if(building_.begin(), building_.end(),
                                 [&](const Building& b) { return b.program == program; });
  VITRINE_ASSERT(made != building_.end());
  if (!ok) {
    problem = "vertex shader: ";
    if (is_compiled(made->vertex, problem)) {
      problem = "fragment shader: ";
      if (is_compiled(made->fragment, problem)) problem = link_problem(program);
    }
  }
  // Attached shaders live as long as the program does.
  glDeleteShader(made->vertex);
  glDeleteShader(made->fragment);
  building_.erase(made);
  if (!ok) destroy_program(program);
  return ok != 0;
}

Status GlDevice::open_with_program(std::string_view name, const char* vertex, const char* fragment,
                                   uint32_t& program) {
  Status status = open();
  if (!status.ok()) return status;
  std::string problem;
  program = start_program(vertex, fragment);
  if (finish_program(program, problem)) return {};
  return {StatusCode::Unavailable, "gfx: " + std::string(name) + " shader: " + problem};
}

void GlDevice::destroy_program(uint32_t& program) {
  if (open_ && program != 0) {
    glDeleteProgram(program);
    --counts_.programs;
  }
  program = 0;
}

uint32_t GlDevice::make_buffer() {
  GLuint name = 0;
  glGenBuffers(1, &name);
  ++counts_.buffers;
  return name;
}

void GlDevice::destroy_buffer(uint32_t& buffer) {
  if (open_ && buffer != 0) {
    glDeleteBuffers(1, &buffer);
    --counts_.buffers;
  }
  buffer = 0;
}

uint32_t GlDevice::make_vertex_array() {
  GLuint name = 0;
  glGenVertexArrays(1, &name);
  ++counts_.vertex_arrays;
  return name;
}

void GlDevice::destroy_vertex_array(uint32_t& array) {
  if (open_ && array != 0) {
    glDeleteVertexArrays(1, &array);
    --counts_.vertex_arrays;
  }
  array = 0;
}

}  // namespace vitrine::gfx
