// SPDX-License-Identifier: MIT
#include "wasm/semantic_dom.h"

#include <string_view>

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

constexpr int64_t kPeriodUs = 100'000;

// FNV-1a.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<uint8_t>(c));
    step(0);
  }
  void add(uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) step(static_cast<uint8_t>(number >> shift));
  }
  void add(float points) { add(static_cast<uint32_t>(nearest_int(points))); }
  uint64_t value() const { return value_; }

 private:
  void step(uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001B3u; }
  uint64_t value_ = 0xCBF29CE484222325u;
};

// The bits of js/library_semantics.js.
int flags_of(const ui::SemanticNode& node) {
  return (node.state.disabled ? 1 : 0) | (node.state.selected ? 2 : 0) |
         (node.state.focused ? 4 : 0) | (node.activatable ? 8 : 0);
}

uint64_t fingerprint_of(const ui::SemanticTree& tree) {
  Fingerprint print;
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    print.add(node.id);
    print.add(static_cast<uint32_t>(node.role));
    print.add(static_cast<uint32_t>(flags_of(node)));
    print.add(node.label);
    print.add(node.bounds.x);
    print.add(node.bounds.y);
    print.add(node.bounds.width);
    print.add(node.bounds.height);
  }
  return print.value();
}

void show(const ui::SemanticNode& node) {
  const Rect& box = node.bounds;
  vitrine_js_semantics_node(static_cast<int>(node.id), static_cast<int>(node.role), flags_of(node),
                            node.label.data(), node.label.size(), node.name.data(),
                            node.name.size(), box.x, box.y, box.width, box.height);
}

}  // namespace

void SemanticDom::sync(const ui::SemanticTree& tree, int64_t now_us) {
  if (last_us_ != 0 && now_us - last_us_ < kPeriodUs) return;
  last_us_ = now_us;
  const uint64_t print = fingerprint_of(tree);
  if (print == shown_) return;
  shown_ = print;
  vitrine_js_semantics_begin();
  for (size_t i = 0; i < tree.size(); ++i) show(tree[i]);
  vitrine_js_semantics_end();
}

}  // namespace vitrine::wasm
