// SPDX-License-Identifier: MIT
#include "tools/vision/render/camera_look.h"

#include "tools/vision/render/jpeg_loss.h"

namespace vitrine::faces {
namespace {

struct Image {
  int width, height;
  std::vector<Vec3> pixel;
  Vec3& at(int x, int y) {
    return pixel[static_cast<size_t>(std::clamp(y, 0, height - 1) * width +
                                     std::clamp(x, 0, width - 1))];
  }
};

Image shrunk(const Canvas& canvas, int scale) {
  Image image{canvas.width / scale, canvas.height / scale, {}};
  const float share = 1 / static_cast<float>(scale * scale);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      Color sum;
      for (int k = 0; k < scale * scale; ++k)
        sum += canvas.color[static_cast<size_t>(
            canvas.at(x * scale + k % scale, y * scale + k / scale))];
      image.pixel.push_back(sum * share);
    }
  }
  return image;
}

// Mean brightness of the face and of the whole; highlights count no more than white twice over.
void measure(const Canvas& canvas, float& face, float& whole) {
  float faces = 0, count = 0;
  whole = 0;
  for (size_t i = 0; i < canvas.color.size(); ++i) {
    const float level = luminance(canvas.color[i]);
    whole += std::min(level, 2.f);
    if (canvas.label[i] != Label::kFace) continue;
    faces += level;
    ++count;
  }
  whole /= static_cast<float>(canvas.color.size());
  face = count > 50 ? faces / count : whole;
}

// What a pixel is multiplied by.
float exposure(const Canvas& canvas, const Light& light, Rng& rng) {
  float face = 0, whole = 0;
  measure(canvas, face, whole);
  const float on_face = rng.chance(0.5f) ? rng.uniform(0.6f, 1) : rng.uniform(0, 0.6f);
  const float metered = std::exp(on_face * std::log(std::max(face, 0.003f)) +
                                 (1 - on_face) * std::log(std::max(whole, 0.003f)));
  // Dark scenes stay somewhat dark and dark skin is not brightened to grey.
  const float target =
      rng.uniform(0.14f, 0.34f) * (light.kind == LightClass::kDim ? rng.uniform(0.4f, 1) : 1);
  float factor = std::pow(target / metered, rng.uniform(0.6f, 1));
  if (light.kind != LightClass::kBacklit)
    factor = std::clamp(factor, 0.03f / std::max(face, 0.002f), 0.75f / std::max(face, 0.002f));
  return factor;
}

// What makes the lamps' light look white, as far as this camera manages.
Color white_balance(const Light& light, Rng& rng) {
  Color lamps = light.key + light.fill * 0.5f + light.rim * 0.2f;
  for (const Lobe& lobe : light.ambient) lamps += lobe.color;
  const float effort = rng.uniform(0.4f, 1);
  const float red = std::pow(lamps.y / std::max(lamps.x, 1e-4f), effort),
              blue = std::pow(lamps.y / std::max(lamps.z, 1e-4f), effort);
  return {red * std::exp(rng.normal() * 0.07f), 1, blue * std::exp(rng.normal() * 0.07f)};
}

void expose(Image& image, float factor, Color balance, Rng& rng) {
  const float vignette = rng.chance(0.4f) ? rng.uniform(0, 0.5f) : 0;
  const float cx = static_cast<float>(image.width) * rng.uniform(0.2f, 0.8f),
              cy = static_cast<float>(image.height) * rng.uniform(0.2f, 0.8f);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const float away = (square(static_cast<float>(x) - cx) + square(static_cast<float>(y) - cy)) /
                         square(static_cast<float>(image.width));
      image.at(x, y) = image.at(x, y) * balance * (factor * (1 - vignette * clamp01(away)));
    }
  }
}

void soften(Image& image, int times) {
  for (int pass = 0; pass < 2 * times; ++pass) {
    const int dx = pass % 2 == 0, dy = 1 - dx;
    Image source = image;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        image.at(x, y) =
            (source.at(x - dx, y - dy) + source.at(x, y) * 2 + source.at(x + dx, y + dy)) * 0.25f;
      }
    }
  }
}

void smear(Image& image, float angle, int reach) {  // the head or the camera moved
  Image source = image;
  const float c = std::cos(angle), s = std::sin(angle);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      Vec3 sum;
      for (int i = -reach; i <= reach; ++i)
        sum += source.at(x + static_cast<int>(std::lround(static_cast<float>(i) * c)),
                         y + static_cast<int>(std::lround(static_cast<float>(i) * s)));
      image.at(x, y) = sum * (1 / static_cast<float>(2 * reach + 1));
    }
  }
}

struct Tone {
  float gamma, curve, saturation, haze;
  bool grey;
  float of(float light) const {
    const float soft =
        light > 0.7f ? 0.7f + 0.3f * (1 - std::exp(-(light - 0.7f) / 0.3f)) : std::max(light, 0.f);
    const float t = std::pow(clamp01(soft), gamma);
    return t + curve * (t * t * (3 - 2 * t) - t);
  }
};

void develop(Image& image, Rng& rng) {
  const Tone tone{1 / rng.uniform(1.95f, 2.4f), rng.uniform(0, 0.5f), rng.uniform(0.6f, 1.3f),
                  rng.chance(0.15f) ? rng.uniform(0, 0.2f) : 0, rng.chance(0.06f)};
  for (Vec3& p : image.pixel) {
    p = {tone.of(p.x), tone.of(p.y), tone.of(p.z)};
    const float level = dot(p, Vec3{0.299f, 0.587f, 0.114f});
    p = mix(Vec3{level, level, level}, p, tone.grey ? 0 : tone.saturation);
    p = mix(p, Vec3{0.8f, 0.8f, 0.8f}, tone.haze);
  }
}

void add_noise(Image& image, float strength, Rng& rng) {
  const bool coarse = rng.chance(0.5f);  // the camera's own smoothing leaves blotches
  float before = 0;
  for (Vec3& p : image.pixel) {
    const float fresh = strength * rng.normal();
    const float level = coarse ? 0.5f * (fresh + before) : fresh;
    before = level;
    p +=
        Vec3{level + strength * 0.4f * rng.normal(), level, level + strength * 0.5f * rng.normal()};
  }
}

void sharpen(Image& image, float strength) {
  Image soft = image;
  soften(soft, 1);
  for (size_t i = 0; i < image.pixel.size(); ++i)
    image.pixel[i] += (image.pixel[i] - soft.pixel[i]) * strength;
}

Image resized(Image& source, int width, int height) {
  Image image{width, height, {}};
  const float sx = static_cast<float>(source.width) / static_cast<float>(width),
              sy = static_cast<float>(source.height) / static_cast<float>(height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const float fx = (static_cast<float>(x) + 0.5f) * sx - 0.5f,
                  fy = (static_cast<float>(y) + 0.5f) * sy - 0.5f;
      const int ix = static_cast<int>(std::floor(fx)), iy = static_cast<int>(std::floor(fy));
      const float tx = fx - static_cast<float>(ix), ty = fy - static_cast<float>(iy);
      image.pixel.push_back(mix(mix(source.at(ix, iy), source.at(ix + 1, iy), tx),
                                mix(source.at(ix, iy + 1), source.at(ix + 1, iy + 1), tx), ty));
    }
  }
  return image;
}

void blur_by_chance(Image& image, Rng& rng) {
  static constexpr int kSoft[] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 4};
  soften(image, kSoft[rng.pick(10)]);
  if (rng.chance(0.1f)) smear(image, rng.uniform(0, 3.14f), 1 + rng.pick(3));
}

Picture bytes_of(const Image& image) {
  Picture picture{image.width, image.height, {}};
  for (Vec3 p : image.pixel) {
    for (float value : {p.x, p.y, p.z})
      picture.rgb.push_back(static_cast<uint8_t>(255 * clamp01(value) + 0.5f));
  }
  return picture;
}

}  // namespace

Picture take_picture(const Canvas& canvas, int scale, const Light& light, Rng rng) {
  Image image = shrunk(canvas, scale);
  const int width = image.width, height = image.height;
  const float factor = exposure(canvas, light, rng);
  expose(image, factor, white_balance(light, rng), rng);
  blur_by_chance(image, rng);
  develop(image, rng);
  const float smaller = rng.chance(0.6f) ? 1 : rng.uniform(1, 2.4f);  // a face far away, enlarged
  if (smaller > 1.02f) {
    soften(image, smaller > 1.6f ? 2 : 1);
    image = resized(image, static_cast<int>(static_cast<float>(width) / smaller),
                    static_cast<int>(static_cast<float>(height) / smaller));
  }
  add_noise(image,
            (rng.chance(0.8f) ? rng.uniform(0, 0.012f) : rng.uniform(0.01f, 0.035f)) +
                0.03f * light.noise,
            rng);
  if (rng.chance(0.45f)) sharpen(image, rng.uniform(0.2f, 1));
  if (rng.chance(0.6f))
    lose_as_jpeg(image.pixel, image.width, image.height,
                 rng.chance(0.25f) ? rng.uniform(15, 45) : rng.uniform(45, 95));
  if (image.width != width) image = resized(image, width, height);
  return bytes_of(image);
}

SettledLook settle(const Canvas& canvas, const Light& light) {
  float face = 0, whole = 0;
  measure(canvas, face, whole);
  const bool dim = light.kind == LightClass::kDim, backlit = light.kind == LightClass::kBacklit;
  const float on_face = backlit ? 0.35f : 0.6f;
  const float metered =
      std::pow(std::max(face, 0.003f), on_face) * std::pow(std::max(whole, 0.003f), 1 - on_face);
  Color lamps = light.key + light.fill * 0.5f + light.rim * 0.2f;
  for (const Lobe& lobe : light.ambient) lamps += lobe.color;
  SettledLook look;
  look.factor = (dim ? 0.09f : 0.24f) / metered;
  look.balance = {std::pow(lamps.y / std::max(lamps.x, 1e-4f), 0.8f), 1,
                  std::pow(lamps.y / std::max(lamps.z, 1e-4f), 0.8f)};
  look.noise = 0.008f + 0.03f * light.noise;
  return look;
}

Picture take_clip_picture(const Canvas& canvas, int scale, const SettledLook& look, Rng grain) {
  Image image = shrunk(canvas, scale);
  const Tone tone{1 / 2.2f, 0.2f, 1, 0, false};
  for (Vec3& p : image.pixel) {
    p = p * look.balance * look.factor;
    p = {tone.of(p.x), tone.of(p.y), tone.of(p.z)};
  }
  add_noise(image, look.noise, grain);
  return bytes_of(image);
}

}  // namespace vitrine::faces
