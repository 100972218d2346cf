// SPDX-License-Identifier: MIT
#include "tools/vision/render/scene.h"

#include "tools/vision/render/clothes.h"
#include "tools/vision/render/face_region.h"
#include "tools/vision/render/head_draw.h"
#include "tools/vision/render/locks.h"
#include "tools/vision/render/occluder.h"
#include "tools/vision/render/wear.h"

namespace vitrine::faces {
namespace {

constexpr float kCropMargin = 1.5f;  // the picture's side over the face region's
// The map of shadows: 22 cm each way from the head's origin hold the mean head however it is
// turned, but for the rim of its neck, in cells of a millimetre and a half.
constexpr int kShadowCells = 288;
constexpr float kShadowExtent = 44;

uint16_t flags_of(const Person& person, Held held) {
  const bool set[kFlagNames.size()] = {person.eyewear == Eyewear::kGlasses,
                                       person.eyewear == Eyewear::kSunglasses,
                                       person.mask,
                                       held == Held::kHand,
                                       held == Held::kPhone,
                                       held == Held::kCup,
                                       person.hair.cover == Cover::kHeadscarf,
                                       person.hair.cover == Cover::kCap,
                                       person.hair.cover == Cover::kBeanie,
                                       person.hair.cover == Cover::kTurban,
                                       person.beard.beard > 0,
                                       person.lips.lipstick,
                                       person.hair.fringe > 0 && person.hair.cover == Cover::kNone};
  uint16_t flags = 0;
  for (size_t i = 0; i < kFlagNames.size(); ++i)
    flags = static_cast<uint16_t>(flags | (set[i] ? 1u << i : 0u));
  return flags;
}

// Moves the view so that the face region has this centre and side, in canvas pixels.
void frame_face(PosedHead& head, Vec2 centre, float side) {
  const Region region = region_of(projected(head.view, landmark_places(head)));
  const float factor = side / region.side;
  head.view.crop(factor, centre - region.centre * factor);
}

struct Cast {  // who is in the picture, and what they hold
  std::vector<PosedHead> heads;
  std::vector<Held> held;
};

bool apart(Vec2 centre, float side, const std::vector<Region>& others) {
  for (const Region& other : others) {
    if (length(centre - other.centre) < 0.45f * (side + other.side)) return false;
  }
  return true;
}

Cast cast_crop(const HeadModel& model, const Rng& base, float canvas_side, Tones tones) {
  Rng rng = base.stream("framing");
  Cast cast;
  cast.heads.push_back(sample_head(model, base, tones));
  const float side = canvas_side / kCropMargin * rng.uniform(0.94f, 1.06f),
              middle = canvas_side / 2 - 0.5f;
  const Vec2 centre{middle + canvas_side * rng.uniform(-0.03f, 0.03f),
                    middle + canvas_side * rng.uniform(-0.03f, 0.03f)};
  frame_face(cast.heads[0], centre, side);
  return cast;
}

Cast cast_frame(const HeadModel& model, const Rng& base, float canvas_side, Tones tones) {
  Rng rng = base.stream("framing");
  Cast cast;
  const float throw_ = rng.unit();
  const int wanted = throw_ < 0.12f ? 0 : throw_ < 0.65f ? 1 : throw_ < 0.87f ? 2 : kMaxFaces;
  std::vector<Region> taken;
  for (int attempt = 0; attempt < 24 && static_cast<int>(taken.size()) < wanted; ++attempt) {
    const float side = canvas_side * rng.log_uniform(0.12f, wanted == 1 ? 0.85f : 0.5f);
    const float edge = std::min(0.42f * side, 0.49f * canvas_side);
    const Vec2 centre{rng.uniform(edge, canvas_side - edge), rng.uniform(edge, canvas_side - edge)};
    if (!apart(centre, side, taken)) continue;
    cast.heads.push_back(sample_head(model, base.stream("face", taken.size()), tones));
    frame_face(cast.heads.back(), centre, side);
    // Who is larger in the picture is nearer; one lens for all.
    cast.heads.back().view.distance = std::clamp(60 * 0.4f * canvas_side / side, 28.f, 400.f);
    frame_face(cast.heads.back(), centre, side);
    taken.push_back({centre, side});
  }
  std::sort(cast.heads.begin(), cast.heads.end(), [](const PosedHead& a, const PosedHead& b) {
    return a.view.distance > b.view.distance;
  });
  return cast;
}

std::vector<uint8_t> skin_mask(const Canvas& canvas) {
  std::vector<uint32_t> skin(kMaskSide * kMaskSide, 0), all(skin.size(), 0);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const size_t cell = static_cast<size_t>((y * kMaskSide / canvas.height) * kMaskSide +
                                              x * kMaskSide / canvas.width);
      ++all[cell];
      skin[cell] += canvas.label[static_cast<size_t>(canvas.at(x, y))] == Label::kFace;
    }
  }
  std::vector<uint8_t> mask;
  for (size_t i = 0; i < skin.size(); ++i)
    mask.push_back(static_cast<uint8_t>(skin[i] * 255 / std::max(1u, all[i])));
  return mask;
}

}  // namespace

void paint_background(Canvas& canvas, const Sheet& sheet, const Light& light, Rng rng) {
  const float zoom = rng.uniform(0.35f, 0.8f), room = (1 - zoom) * sheet.side();
  const float left = rng.uniform(0, room), top = rng.uniform(0, room);
  const bool flipped = rng.chance(0.5f);
  const float step = zoom * sheet.side() / static_cast<float>(canvas.width);
  const Color tint = Color{rng.uniform(0.8f, 1.2f), 1, rng.uniform(0.8f, 1.2f)} *
                     (rng.uniform(0.35f, 1.3f) * light.background);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const float fx =
          std::min(left + static_cast<float>(flipped ? canvas.width - 1 - x : x) * step,
                   sheet.side() - 1.01f);
      const float fy = std::min(top + static_cast<float>(y) * step, sheet.side() - 1.01f);
      const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
      const float tx = fx - static_cast<float>(ix), ty = fy - static_cast<float>(iy);
      auto at = [&](int i, int j) {
        return sheet.color[static_cast<size_t>((iy + j) * sheet.size + ix + i)];
      };
      canvas.color[static_cast<size_t>(canvas.at(x, y))] =
          mix(mix(at(0, 0), at(1, 0), tx), mix(at(0, 1), at(1, 1), tx), ty) * tint;
    }
  }
}

void draw_person(const PosedHead& head, Held held, const Light& light, const Rng& rng,
                 Canvas& canvas, Vec3 held_offset) {
  const DepthMap shadow(head.model->head, head.world, light.key_direction, kShadowCells,
                        kShadowExtent);
  draw_clothes(head, light, rng.stream("clothes"), canvas);
  draw_head(head, light, shadow, canvas);
  draw_locks(head, light, shadow, rng.stream("locks"), canvas);
  draw_glasses(head, light, rng.stream("glasses"), canvas);
  draw_peak(head, light, rng.stream("peak"), canvas);
  if (held != Held::kNothing) draw_held(held, head, light, rng.stream("held"), canvas, held_offset);
}

const Sheet& BackgroundPool::get(int number) {
  const size_t i = static_cast<size_t>(number);
  std::call_once(made_[i], [&] {
    sheet_[i] = std::make_unique<Sheet>(sample_background(Rng(seed_, i).stream("background")));
  });
  return *sheet_[i];
}

Sample draw_sample(const HeadModel& model, BackgroundPool& pool, uint64_t seed, uint64_t index,
                   const Wanted& wanted) {
  const Rng base(seed, index);
  Rng rng = base.stream("scene");
  Canvas canvas(wanted.size * kScale, wanted.size * kScale);
  const Light light = sample_light(base.stream("light"));
  paint_background(canvas, pool.get(rng.pick(BackgroundPool::kCount)), light,
                   base.stream("behind"));
  Cast cast;
  const float side = static_cast<float>(canvas.width);
  if (wanted.framing == Framing::kCrop) cast = cast_crop(model, base, side, wanted.tones);
  if (wanted.framing == Framing::kFrame) cast = cast_frame(model, base, side, wanted.tones);
  Sample sample;
  sample.light = light.kind;
  for (size_t i = 0; i < cast.heads.size(); ++i) {
    cast.heads[i].place();
    cast.held.push_back(sample_held(rng));
    draw_person(cast.heads[i], cast.held[i], light, base.stream("person", i), canvas);
  }
  for (size_t i = 0; i < cast.heads.size(); ++i) {
    FaceTruth truth;
    see_landmarks(cast.heads[i], canvas, kScale, truth);
    truth.flags = flags_of(cast.heads[i].person, cast.held[i]);
    sample.faces.push_back(truth);
  }
  sample.mask = skin_mask(canvas);
  sample.picture = take_picture(canvas, kScale, light, base.stream("camera"));
  return sample;
}

}  // namespace vitrine::faces
