// SPDX-License-Identifier: MIT
#include "wasm/semantic_dom.h"

#include <string>
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
  const ui::SemanticState& state = node.state;
  const bool flags[] = {state.disabled,
                        state.selected,
                        state.focused,
                        node.activatable,
                        state.modal,
                        !node.reachable,
                        state.checked != ui::Toggle::None,
                        state.checked == ui::Toggle::On,
                        state.expanded != ui::Toggle::None,
                        state.expanded == ui::Toggle::On,
                        ui::live_of(node) == ui::Live::Polite,
                        ui::live_of(node) == ui::Live::Assertive,
                        node.range.known(),
                        state.secret,
                        state.invalid,
                        state.busy};
  int bits = 0, bit = 1;
  for (const bool flag : flags) {
    if (flag) bits |= bit;
    bit <<= 1;
  }
  return bits;
}

struct JsText {
  explicit JsText(const std::string& text) : data(text.data()), size(text.size()) {}
  const char* data;
  size_t size;
};

// A node as js/library_semantics.js reads it: 32 bits each.
struct JsSemanticNode {
  explicit JsSemanticNode(const ui::SemanticNode& node)
      : id(node.id),
        parent(node.parent),
        role(static_cast<int32_t>(node.role)),
        flags(flags_of(node)),
        bounds(node.bounds),
        range(node.range),
        label(node.label),
        name(node.name),
        value(node.value),
        description(node.description) {}

  uint32_t id, parent;
  int32_t role, flags;
  Rect bounds;
  ui::SemanticRange range;
  JsText label, name, value, description;
};
static_assert(sizeof(JsSemanticNode) == 19 * 4);

uint64_t fingerprint_of(const ui::SemanticTree& tree) {
  Fingerprint print;
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    print.add(node.id);
    print.add(node.parent);
    print.add(static_cast<uint32_t>(node.role));
    print.add(static_cast<uint32_t>(flags_of(node)));
    for (const std::string* text : {&node.label, &node.value, &node.description}) print.add(*text);
    const Rect& box = node.bounds;
    const ui::SemanticRange& range = node.range;
    for (const float number : {box.x, box.y, box.width, box.height}) print.add(number);
    for (const float number : {range.now, range.least, range.most}) print.add(number * 100);
  }
  return print.value();
}

}  // namespace

void SemanticDom::sync(const ui::SemanticTree& tree, int64_t now_us) {
  if (last_us_ != 0 && now_us - last_us_ < kPeriodUs) return;
  last_us_ = now_us;
  const uint64_t print = fingerprint_of(tree);
  if (print == shown_) return;
  shown_ = print;
  vitrine_js_semantics_begin();
  for (size_t i = 0; i < tree.size(); ++i) {
    const JsSemanticNode node(tree[i]);
    vitrine_js_semantics_node(&node);
  }
  vitrine_js_semantics_end();
}

}  // namespace vitrine::wasm
