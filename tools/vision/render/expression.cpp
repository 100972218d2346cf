// SPDX-License-Identifier: MIT
#include "tools/vision/render/expression.h"

#include <string>

namespace vitrine::faces {
namespace {

class Weights {
 public:
  Weights(const HeadModel& model, Rng& rng)
      : model_(model), rng_(rng), value_(model.head.expression_names.size(), 0.f) {}
  void set(const std::string& name, float weight) {
    value_.at(model_.expression(name)) = clamp01(weight);
  }
  // Both sides of the face, nearly alike.
  void pair(const std::string& name, float weight) {
    set(name + "_L", weight * rng_.uniform(0.75f, 1.25f));
    set(name + "_R", weight * rng_.uniform(0.75f, 1.25f));
  }
  void maybe(float probability, const char* name, float low, float high) {
    if (rng_.chance(probability)) set(name, rng_.uniform(low, high));
  }
  void maybe_pair(float probability, const char* name, float low, float high) {
    if (rng_.chance(probability)) pair(name, rng_.uniform(low, high));
  }
  std::vector<float> take() { return std::move(value_); }

 private:
  const HeadModel& model_;
  Rng& rng_;
  std::vector<float> value_;
};

void smile(Weights& w, Rng& rng) {
  const float joy = rng.uniform(0.2f, 1);
  w.pair("mouthSmile", joy);
  if (rng.chance(0.5f)) w.pair("mouthUpperUp", joy * rng.uniform(0, 0.7f));
  if (rng.chance(0.6f)) w.pair("eyeSquint", joy * 0.6f);
  if (rng.chance(0.5f)) w.pair("cheekSquint", joy * 0.6f);
  if (rng.chance(0.4f)) w.pair("mouthLowerDown", joy * 0.5f);
}

void mouth(Weights& w, Rng& rng) {
  if (rng.chance(0.4f)) smile(w, rng);
  if (rng.chance(0.42f)) {
    w.set("jawOpen", rng.chance(0.35f) ? rng.uniform(0.4f, 1) : rng.uniform(0, 0.5f));
    w.maybe(0.3f, "mouthFunnel", 0, 0.7f);
  }
  w.maybe(0.13f, "mouthPucker", 0.3f, 1);
  w.maybe_pair(0.1f, "mouthFrown", 0.2f, 0.9f);
  w.maybe_pair(0.08f, "mouthStretch", 0.2f, 0.8f);
  w.maybe(0.06f, "mouthLeft", 0, 0.8f);
  w.maybe(0.06f, "mouthRight", 0, 0.8f);
  w.maybe(0.08f, "mouthRollLower", 0, 0.7f);
  w.maybe(0.08f, "mouthRollUpper", 0, 0.7f);
  w.maybe_pair(0.1f, "mouthPress", 0, 0.8f);
  w.maybe_pair(0.06f, "mouthDimple", 0, 0.8f);
  w.maybe_pair(0.05f, "cheekPuff", 0, 0.8f);
  w.maybe_pair(0.08f, "noseSneer", 0, 0.8f);
  w.maybe(0.05f, "jawLeft", 0, 0.6f);
  w.maybe(0.05f, "jawRight", 0, 0.6f);
}

void brows(Weights& w) {
  w.maybe_pair(0.2f, "browInnerUp", 0.1f, 1);
  w.maybe_pair(0.2f, "browOuterUp", 0.1f, 1);
  w.maybe_pair(0.2f, "browDown", 0.1f, 1);
  w.maybe_pair(0.15f, "eyeWide", 0.1f, 0.9f);
  w.maybe_pair(0.22f, "eyeSquint", 0.1f, 0.9f);
}

void lids(Weights& w, Rng& rng) {
  const float closed = rng.chance(0.13f) ? rng.uniform(0.5f, 1) : rng.uniform(0, 0.28f);
  w.set("eyeBlink_L", closed);
  w.set("eyeBlink_R", closed);
  w.maybe(0.04f, "eyeBlink_L", 0, 1);
  w.maybe(0.04f, "eyeBlink_R", 0, 1);
}

// The eyes turn together: across first, then up or down.
void gaze(Weights& w, Rng& rng) {
  const float across = rng.uniform(-1, 1) * (rng.chance(0.5f) ? 0.8f : 0.2f);
  const float up = rng.uniform(-1, 1) * (rng.chance(0.4f) ? 0.7f : 0.2f);
  w.set(across > 0 ? "eyeLookOut_L" : "eyeLookIn_L", std::abs(across));
  w.set(across > 0 ? "eyeLookIn_R" : "eyeLookOut_R", std::abs(across));
  w.pair(up > 0 ? "eyeLookUp" : "eyeLookDown", std::abs(up));
}

}  // namespace

std::vector<float> sample_expression(const HeadModel& model, Rng rng) {
  Weights weights(model, rng);
  if (rng.chance(0.8f)) {
    mouth(weights, rng);
    brows(weights);
  }
  lids(weights, rng);
  gaze(weights, rng);
  return weights.take();
}

}  // namespace vitrine::faces
