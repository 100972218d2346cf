// SPDX-License-Identifier: MIT
#include "tools/vision/render/clip.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tools/vision/render/cover.h"

namespace vitrine::faces {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kEyeDistance = 6.3f;  // centimetres between the pupils of the mean head

// What a person does in one picture.
struct Act {
  Pose pose;
  Vec2 place{0, 0};     // centimetres from the middle of the picture, at the person's distance
  float distance = 48;  // centimetres
  float jaw = 0, funnel = 0, smile = 0.1f, blink = 0.08f;
  bool hand = false;
  Vec3 hand_offset;
};

float wave(float seconds, float period) {
  return std::sin(2 * kPi * seconds / period);
}

// 0 … 1 with a soft start and end.
float ease(float t) {
  t = clamp01(t);
  return t * t * (3 - 2 * t);
}

// 0 but for the quarter of a second that a blink begun at `begin` takes; 1 in its middle.
float blink(float seconds, float begin) {
  const float t = (seconds - begin) / 0.24f;
  return t < 0 || t > 1 ? 0 : ease(1 - std::abs(2 * t - 1));
}

// 0, then 1 from `from` to `to`, then 0 again; each way takes two thirds of a second.
float visit(float seconds, float from, float to) {
  return ease((seconds - from) * 1.5f + 1) * (1 - ease((seconds - to) * 1.5f));
}

// Nobody who breathes stands as still as a picture.
void sway(Act& act, float seconds, float amount) {
  act.pose.yaw += amount * 0.05f * wave(seconds, 2.9f);
  act.pose.pitch += amount * 0.03f * wave(seconds + 0.4f, 2.3f);
  act.pose.roll += amount * 0.02f * wave(seconds + 1, 3.7f);
  act.place.x += amount * 0.4f * wave(seconds, 3.1f);
}

Act talking(float s) {
  Act act;
  act.jaw = std::max(0.f, 0.32f * wave(s, 0.31f) + 0.18f * wave(s, 0.83f));
  act.funnel = std::max(0.f, 0.5f * wave(s + 0.2f, 1.1f));
  act.blink = std::max({act.blink, blink(s, 0.5f), blink(s, 1.3f), blink(s, 2.0f)});
  sway(act, s, 1.5f);
  return act;
}

Act one_of_three(int person, float s) {
  Act act;
  const float side = static_cast<float>(person - 1);
  act.distance = person == 0 ? 78.f : person == 1 ? 62.f : 88.f;
  act.place = {side * 26 * act.distance / 75, person == 1 ? 3.f : -2.f};
  act.pose.yaw = -0.25f * side + 0.2f * wave(s + side, 2.6f);
  sway(act, s + side, 1.5f);
  return act;
}

Act act_of(const char* clip, int person, float s) {
  const auto is = [clip](const char* name) { return std::strcmp(clip, name) == 0; };
  if (is("talk")) return talking(s);
  if (is("three")) return one_of_three(person, s);
  Act act;
  if (is("rest")) return act;
  if (is("turn")) {
    act.pose.yaw = 0.785f * wave(s, 3);
    act.pose.pitch = 0.12f * wave(s, 1.7f);
  } else if (is("hand")) {
    const float there = visit(s, 0.9f, 1.7f);
    act.hand = there > 0;
    act.hand_offset = Vec3{0, -30, 3} * (1 - there);
    sway(act, s, 1);
  } else if (is("leave")) {
    act.place.x = 46 * std::min(ease((s - 0.6f) * 1.5f), 1 - ease((s - 1.7f) * 1.5f));
    sway(act, s, 1);
  } else if (is("move")) {
    // One eye distance a second, there and back.
    const float t = std::fmod(s, 2.f);
    act.place.x = kEyeDistance * ((t < 1 ? t : 2 - t) - 0.5f);
  } else {
    sway(act, s, 2);
    act.blink = std::max(act.blink, blink(s, 0.9f));
  }
  return act;
}

std::vector<float> expression_of(const HeadModel& model, const Act& act) {
  std::vector<float> weight(model.head.expression_names.size(), 0.f);
  const auto set = [&](const char* name, float value) {
    weight.at(model.expression(name)) = clamp01(value);
  };
  set("jawOpen", act.jaw);
  set("mouthFunnel", act.funnel);
  set("mouthSmile_L", act.smile);
  set("mouthSmile_R", act.smile);
  set("eyeBlink_L", act.blink);
  set("eyeBlink_R", act.blink);
  return weight;
}

Light light_of(LightClass wanted, const Rng& base) {
  for (uint64_t i = 0;; ++i) {
    const Light light = sample_light(base.stream("light", i));
    if (light.kind == wanted) return light;
  }
}

// Somebody whose face is bare: what is worn is the subject of other pictures.
Person person_of(const Rng& base) {
  for (uint64_t i = 0;; ++i) {
    const Person person = sample_person(base.stream("who", i), Tones{});
    if (!person.mask && person.eyewear == Eyewear::kNone) return person;
  }
}

PosedHead posed(const HeadModel& model, const Person& person, const Rng& rng, const Act& act,
                ClipSize size) {
  PosedHead head{};
  head.model = &model;
  head.person = person;
  const std::vector<float> expression = expression_of(model, act);
  head.smile = act.smile;
  head.skin = sample_shape(model, expression, rng);
  head.shape = head.skin;
  swell_for_cover(model, person, head.shape);
  head.pose = act.pose;
  head.view.turn = rotation(act.pose);
  head.view.distance = act.distance;
  head.view.focal = static_cast<float>(size.focal() * kScale);
  const float scale = head.view.pixels_per_cm();
  head.view.centre = {kScale * static_cast<float>(size.width()) * 0.5f + act.place.x * scale,
                      kScale * static_cast<float>(size.height) * 0.5f - act.place.y * scale};
  head.place();
  return head;
}

}  // namespace

const std::vector<ClipPlan>& clip_plans() {
  using enum LightClass;
  static const std::vector<ClipPlan> plans = {
      {"turn", "a head turns 45 degrees to both sides", kEven, 90, 1},
      {"talk", "somebody talks and blinks", kMixed, 72, 1},
      {"hand", "a hand covers the lower face and goes away", kEven, 84, 1},
      {"leave", "somebody leaves the picture and returns", kSpot, 84, 1},
      {"three", "three people", kEven, 60, 3},
      {"backlight", "a bright room behind", kBacklit, 60, 1},
      {"dark", "little light, much noise", kDim, 60, 1},
      {"rest", "a still head; nothing but the camera's noise moves", kEven, 60, 1},
      {"move", "a head moves to the side and back, one eye distance a second", kEven, 60, 1},
  };
  return plans;
}

Clip::Clip(const HeadModel& model, const ClipPlan& plan, ClipSize size, uint64_t seed)
    : model_(model),
      plan_(plan),
      size_(size),
      base_(Rng(seed, 0).stream(plan.name)),
      light_(light_of(plan.light, base_)),
      background_(sample_background(base_.stream("background"))) {
  for (int i = 0; i < plan.persons; ++i) {
    person_.push_back(person_of(base_.stream("person", static_cast<uint64_t>(i))));
  }
}

ClipFrame Clip::draw(int frame) {
  Canvas canvas(size_.width() * kScale, size_.height * kScale);
  paint_background(canvas, background_, light_, base_.stream("behind"));
  const float seconds = static_cast<float>(frame) / kClipRate;
  std::vector<PosedHead> heads;
  ClipFrame drawn;
  for (size_t i = 0; i < person_.size(); ++i) {
    const Rng rng = base_.stream("person", i);
    const Act act = act_of(plan_.name, static_cast<int>(i), seconds);
    heads.push_back(posed(model_, person_[i], rng, act, size_));
    draw_person(heads.back(), act.hand ? Held::kHand : Held::kNothing, light_, rng, canvas,
                act.hand_offset);
    drawn.distance_cm.push_back(act.distance);
  }
  for (const PosedHead& head : heads) {
    FaceTruth truth;
    see_landmarks(head, canvas, kScale, truth);
    drawn.faces.push_back(truth);
  }
  if (!settled_) look_ = settle(canvas, light_);
  settled_ = true;
  drawn.picture =
      take_clip_picture(canvas, kScale, look_, base_.stream("grain", static_cast<uint64_t>(frame)));
  return drawn;
}

}  // namespace vitrine::faces
