// SPDX-License-Identifier: MIT
// stb_image and stb_image_write compiled once, without our warnings. No files, no HDR, no thread
// state: memory in, memory out.
#include <cstdlib>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_NO_FAILURE_STRINGS
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#include <stb_image.h>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
// Its only answer to memory that runs out; left out as in a release it would write past the end.
#define STBIW_ASSERT(condition) ((condition) ? (void)0 : std::abort())
#include <stb_image_write.h>
