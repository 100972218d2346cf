// SPDX-License-Identifier: MIT
#include "engine/campaign/campaign.h"

#include <algorithm>
#include <charconv>

#include "engine/base/assert.h"
#include "engine/campaign/language.h"
#include "engine/campaign/prices.h"

namespace vitrine::campaign {
namespace {

struct MinorDigits {
  std::string_view currency;
  int digits;
};
constexpr MinorDigits kMinorDigits[] = {
#define MINOR_DIGITS(currency, digits) {#currency, digits},
#include "engine/campaign/minor_digits.inc"
#undef MINOR_DIGITS
};

int minor_digits(std::string_view currency) {
  for (const MinorDigits& entry : kMinorDigits) {
    if (entry.currency == currency) return entry.digits;
  }
  return 2;
}

template <typename Named>
const Named* find_named(const std::vector<Named>& list, std::string_view name) {
  for (const Named& entry : list) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

template <typename Identified>
const Identified* find_id(const std::vector<Identified>& list, std::string_view id) {
  for (const Identified& entry : list) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

const Value kNothing;

}  // namespace

AmountText::AmountText(int64_t minor, std::string_view currency) {
  const int digits = minor_digits(currency);
  uint64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  char* const begin = buffer_.data();
  char* const end = begin + buffer_.size();
  char* out = begin;
  if (minor < 0) *out++ = '-';
  // Unsigned, because the smallest int64 has no positive twin.
  const uint64_t whole =
      minor < 0 ? 0 - static_cast<uint64_t>(minor) : static_cast<uint64_t>(minor);
  out = std::to_chars(out, end, whole / unit).ptr;
  const uint64_t rest = whole % unit;
  if (rest != 0) {
    *out++ = '.';
    for (uint64_t place = unit / 10; place > 0; place /= 10) {
      *out++ = static_cast<char>('0' + (rest / place) % 10);
    }
  }
  size_ = static_cast<size_t>(out - begin);
}

std::string_view Product::art_path(std::string_view role) const {
  for (const Art& entry : art) {
    if (entry.role == role) return entry.path;
  }
  return {};
}

bool Value::boolean(bool fallback) const {
  const bool* value = std::get_if<bool>(&value_);
  return value ? *value : fallback;
}

double Value::number(double fallback) const {
  const double* value = std::get_if<double>(&value_);
  return value ? *value : fallback;
}

std::string_view Value::string(std::string_view fallback) const {
  const std::string* value = std::get_if<std::string>(&value_);
  return value ? std::string_view(*value) : fallback;
}

std::span<const Value> Value::list() const {
  const List* value = std::get_if<List>(&value_);
  return value ? std::span<const Value>(*value) : std::span<const Value>();
}

const Value& Scene::parameter(std::string_view key) const {
  for (const Parameter& entry : parameters) {
    if (entry.key == key) return entry.value;
  }
  return kNothing;
}

bool Scene::boolean(std::string_view key, bool fallback) const {
  return parameter(key).boolean(fallback);
}
double Scene::number(std::string_view key, double fallback) const {
  return parameter(key).number(fallback);
}
std::string_view Scene::string(std::string_view key, std::string_view fallback) const {
  return parameter(key).string(fallback);
}
std::span<const Value> Scene::list(std::string_view key) const {
  return parameter(key).list();
}

Campaign::Campaign(CampaignData data) : data_(std::move(data)) {
  VITRINE_ASSERT(!data_.languages.empty());
  VITRINE_ASSERT(find_id(data_.scenes, data_.start_scene) != nullptr);
  fill_page_texts();
}

// Here, so that the server's first paint, the manifest and the engine's title all say the same.
void Campaign::fill_page_texts() {
  const Product* const product = product_of(start_scene());
  for (Text& text : data_.texts) {
    if (!text.key.starts_with("page.")) continue;
    for (std::string& words : text.words) words = with_prices(words, product);
  }
}

size_t Campaign::language_index(std::string_view language) const {
  const std::vector<std::string>& all = data_.languages;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] == language) return i;
  }
  for (size_t i = 0; i < all.size(); ++i) {
    if (primary_subtag(all[i]) == primary_subtag(language)) return i;
  }
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] == data_.default_language) return i;
  }
  return 0;
}

std::string_view Campaign::nearest_language(std::string_view language) const {
  return data_.languages[language_index(language)];
}

std::string_view Campaign::brand(std::string_view language) const {
  return data_.brand[language_index(language)];
}

namespace {

const Text* find_text(const std::vector<Text>& texts, std::string_view key) {
  const auto place = std::lower_bound(texts.begin(), texts.end(), key,
                                      [](const Text& text, std::string_view wanted) {
                                        return std::string_view(text.key) < wanted;
                                      });
  return place != texts.end() && place->key == key ? &*place : nullptr;
}

}  // namespace

std::string_view Campaign::text(std::string_view key, std::string_view language) const {
  const Text* text = find_text(data_.texts, key);
  return text ? std::string_view(text->words[language_index(language)]) : key;
}

bool Campaign::has_text(std::string_view key) const {
  return find_text(data_.texts, key) != nullptr;
}

Color Campaign::color(std::string_view name, Color fallback) const {
  const NamedColor* found = find_named(data_.theme.colors, name);
  return found ? found->color : fallback;
}

const SilkRamp* Campaign::silk(std::string_view name) const {
  return find_named(data_.theme.silk, name);
}
const NamedRamp* Campaign::ramp(std::string_view name) const {
  return find_named(data_.theme.ramps, name);
}
const ButtonStyle* Campaign::button(std::string_view name) const {
  return find_named(data_.theme.buttons, name);
}
const ShadowStyle* Campaign::shadow(std::string_view name) const {
  return find_named(data_.theme.shadows, name);
}

const Product* Campaign::product(std::string_view id) const {
  return find_id(data_.products, id);
}

const Product* Campaign::product_of(const Scene& scene) const {
  const Product* const named = product(scene.string("product"));
  if (named || data_.products.empty()) return named;
  return &data_.products.front();
}

std::string_view Campaign::product_name(const Product& product, std::string_view language) const {
  return text(product.name_text, language);
}

const Scene* Campaign::scene(std::string_view id) const {
  return find_id(data_.scenes, id);
}

const Scene* Campaign::scene_of_kind(std::string_view kind) const {
  for (const Scene& entry : data_.scenes) {
    if (entry.kind == kind) return &entry;
  }
  return nullptr;
}

bool Campaign::records(std::string_view mode) const {
  return data_.modes.empty() ||
         std::find(data_.modes.begin(), data_.modes.end(), mode) != data_.modes.end();
}

const Scene& Campaign::start_scene() const {
  return *scene(data_.start_scene);
}

}  // namespace vitrine::campaign
