// SPDX-License-Identifier: MIT
// A campaign as scenes see it: texts, theme, products, scenes with their parameters. A plain value
// that never changes after parse_campaign() made it (docs/campaign-format.md is the format); every
// reference inside it was checked there, so nothing is checked again. Look-ups allocate nothing;
// views and references live as long as the Campaign. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/geometry.h"

namespace vitrine::campaign {

// One language's words, or the words of each language in the order of Campaign::languages().
struct Text {
  std::string key;                 // "attract.title"
  std::vector<std::string> words;  // one a language
};

// Dark to bright: deep shadow, base, light, sheen.
struct SilkRamp {
  std::string name;
  Color shadow, base, light, sheen;
};

struct NamedColor {
  std::string name;
  Color color;
};

// Any number of stops, evenly spread; for gold and lacquer.
struct NamedRamp {
  std::string name;
  std::vector<Color> colors;
};

// A button's face from top to bottom and its words.
struct ButtonStyle {
  std::string name;
  Color top, middle, bottom;
  float middle_at = 0.46f;
  Color text;
};

// Offsets, blur and spread in logical points of a kiosk 1080 wide.
struct ShadowStyle {
  std::string name;
  Vec2 offset;
  float blur = 0;
  float spread = 0;
  Color color;
};

// What differs between a kiosk (logical width about 1080) and a phone (about 390).
struct SizeClass {
  std::array<float, 6> type{};  // text sizes from small print to hero
  float grid = 0;               // everything lies on multiples of it
  float margin = 0;             // to the screen's edge
  float target = 0;             // smallest side of what can be touched
  float radius_chip = 0, radius_card = 0, radius_panel = 0, radius_sheet = 0;
};

struct TypeStyle {
  float display_line = 1.12f;  // line height of headlines, of the size
  float text_line = 1.3f;
};

// Seconds, except press (a scale) and damping (a ratio, 1 = no overshoot).
struct Motion {
  float press = 0.96f;
  float out = 0.2f;
  float in_out = 0.35f;
  float emphasised = 0.5f;
  float stagger = 0.04f;
  float settle_response = 0.35f;
  float settle_damping = 0.85f;
};

struct Theme {
  std::vector<NamedColor> colors;
  std::string background = "silk";  // of kBackgrounds; a scene may have its own
  std::vector<SilkRamp> silk;
  float silk_angle = 0.62f;  // radians the folds are turned by
  float silk_scale = 1.9f;
  std::vector<NamedRamp> ramps;
  std::vector<ButtonStyle> buttons;
  std::vector<ShadowStyle> shadows;
  SizeClass kiosk{{28, 34, 44, 64, 96, 160}, 8, 54, 88, 32, 48, 64, 72};
  SizeClass phone{{13, 15, 17, 22, 28, 40}, 4, 20, 44, 14, 20, 30, 28};
  TypeStyle type;
  Motion motion;
};

// Whole minor units (fen, cents), never a fraction.
struct Price {
  int64_t amount = 0;
  int64_t offer = -1;              // -1: no offer
  std::array<char, 3> currency{};  // ISO 4217, "CNY"

  bool has_offer() const { return offer >= 0; }
  int64_t to_pay() const { return has_offer() ? offer : amount; }
  std::string_view currency_code() const { return {currency.data(), currency.size()}; }
};

// "68", "68.50", "1280": minor units as people write them, without a currency sign. Digits after
// the point only where they are not all zero. Written into the object itself; allocates nothing.
class AmountText {
 public:
  AmountText(int64_t minor, std::string_view currency);
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 28> buffer_{};
  size_t size_ = 0;
};

// A drawing or picture of a product, by what it shows: "drawing", "smear".
struct Art {
  std::string role;
  std::string path;  // relative to the campaign's folder
};

// Something worth knowing about a product: "Finish", "Velvet". Keys of texts.
struct Fact {
  std::string name_text;
  std::string value_text;
};

struct Product {
  std::string id;         // "cherry-night"; what interactions record
  std::string code;       // what the shop calls it, "SR-01"
  std::string name_text;  // key of its name
  Color shade;
  Price price;
  // How many may be claimed in all; -1: the campaign gives none, nothing can be claimed. Not read
  // in builds that tell no words.
  int64_t stock = -1;
  std::vector<Fact> facts;
  std::vector<Art> art;

  // The path for that role, "" when there is none.
  std::string_view art_path(std::string_view role) const;
};

// A scene's parameter: nothing, a truth value, a number, a string, or a list of those three.
class Value {
 public:
  using List = std::vector<Value>;

  Value() = default;
  explicit Value(bool value) : value_(value) {}
  explicit Value(double value) : value_(value) {}
  explicit Value(std::string value) : value_(std::move(value)) {}
  explicit Value(List value) : value_(std::move(value)) {}

  bool exists() const { return !std::holds_alternative<std::monostate>(value_); }
  // What it holds, or the default when it holds something else.
  bool boolean(bool fallback) const;
  double number(double fallback) const;
  std::string_view string(std::string_view fallback) const;
  std::span<const Value> list() const;  // empty when it is no list

 private:
  std::variant<std::monostate, bool, double, std::string, List> value_;
};

struct Parameter {
  std::string key;
  Value value;
};

struct Scene {
  std::string id;    // unique in the campaign; what interactions record
  std::string kind;  // which folder of scenes/ plays it
  std::vector<Parameter> parameters;

  // The parameter; one that holds nothing when the campaign does not give it.
  const Value& parameter(std::string_view key) const;
  bool boolean(std::string_view key, bool fallback) const;
  double number(std::string_view key, double fallback) const;
  std::string_view string(std::string_view key, std::string_view fallback = {}) const;
  std::span<const Value> list(std::string_view key) const;
};

// How things are claimed. Pages read guardian_age and terms_version alone: the rest is the server's
// to decide.
struct ClaimTerms {
  int64_t hold_seconds = 180;        // how long a thing is kept for who has agreed
  std::string terms_version = "1";   // of the rules that a shopper agrees to; recorded with it
  int64_t guardian_age = 0;          // who is younger claims with a guardian; 0: nobody is asked
  int64_t valid_hours = 0;           // how long a voucher can be redeemed; 0: it has no end
  std::string provider = "sandbox";  // who lets people follow and takes their money
  bool queue = false;                // whoever waits for the screen may take a number
};

// What parse_campaign() fills in. Expects: texts sorted by key; each Text has a word a language.
struct CampaignData {
  std::string id;
  int64_t version = 1;
  std::vector<std::string> languages;
  std::string default_language;    // one of languages
  std::vector<std::string> brand;  // one a language
  std::string brand_id;            // "" when the campaign gives none
  std::vector<Text> texts;
  Theme theme;
  std::vector<Product> products;
  std::vector<Scene> scenes;
  std::string start_scene;
  // What kiosks and servers ask; not read in builds that tell no words (pages, which do not decide
  // it).
  int64_t ends_ms = INT64_MAX;     // since 1970 UTC
  std::vector<std::string> modes;  // of kModes; empty: all
  std::string address;             // "" when the campaign gives none
  ClaimTerms claim;
};

class Campaign {
 public:
  explicit Campaign(CampaignData data);

  std::string_view id() const { return data_.id; }
  int64_t version() const { return data_.version; }
  std::span<const std::string> languages() const { return data_.languages; }
  std::string_view default_language() const { return data_.default_language; }
  // The declared language nearest to what was asked: itself, the same language of another region
  // ("en-GB" → "en"), else the default.
  std::string_view nearest_language(std::string_view language) const;

  std::string_view brand(std::string_view language) const;
  // What interactions record as their brand; "" when the campaign gives none.
  std::string_view brand_id() const { return data_.brand_id; }
  // The words in the nearest language. An unknown key comes back itself, so that it is seen; then
  // the view lives as long as `key`. What a page says of the campaign before any scene plays
  // ("page.…") has the prices of the first scene's product in it.
  std::string_view text(std::string_view key, std::string_view language) const;
  bool has_text(std::string_view key) const;

  const Theme& theme() const { return data_.theme; }
  // A colour token, or `fallback` (a magenta nobody overlooks) where the theme has none.
  Color color(std::string_view name, Color fallback = {1, 0, 1, 1}) const;
  // Null where the theme has none of that name.
  const SilkRamp* silk(std::string_view name) const;
  const NamedRamp* ramp(std::string_view name) const;
  const ButtonStyle* button(std::string_view name) const;
  const ShadowStyle* shadow(std::string_view name) const;

  std::span<const Product> products() const { return data_.products; }
  const Product* product(std::string_view id) const;  // null: none of that id
  // What a scene is about: the one that its `product` names, else the first; null: there is none.
  const Product* product_of(const Scene& scene) const;
  std::string_view product_name(const Product& product, std::string_view language) const;

  std::span<const Scene> scenes() const { return data_.scenes; }
  const Scene* scene(std::string_view id) const;  // null: none of that id
  // The first scene of that kind, null when there is none.
  const Scene* scene_of_kind(std::string_view kind) const;
  const Scene& start_scene() const;

  // Milliseconds since 1970 UTC; INT64_MAX when it has no end.
  int64_t ends_ms() const { return data_.ends_ms; }
  // Where a phone opens it, "https://..."; "" when nobody said.
  std::string_view address() const { return data_.address; }
  const ClaimTerms& claim() const { return data_.claim; }
  // Whether interactions in that mode ("live", "rehearsal", "test") are recorded.
  bool records(std::string_view mode) const;

 private:
  size_t language_index(std::string_view language) const;
  void fill_page_texts();

  CampaignData data_;
};

}  // namespace vitrine::campaign
