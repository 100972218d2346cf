// SPDX-License-Identifier: MIT
// The text of every shader. docs/rendering.md says what the shape shader expects of a vertex.
#pragma once

namespace vitrine::gfx {

extern const char* const kShapeVertexShader;
extern const char* const kShapeFragmentShader;
extern const char* const kFullscreenVertexShader;
extern const char* const kSilkFragmentShader;

}  // namespace vitrine::gfx
