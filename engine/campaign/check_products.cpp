// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {
namespace {

void check_currency(Checker& checker, JsonValue value, Price& price) {
  if (!value.exists()) return;
  const std::string_view code = *value.string();
  const bool good =
      code.size() == price.currency.size() &&
      std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!good) {
    checker.error(ProblemCode::BadCurrency, value, [&] {
      return Words{"must be three capital letters (ISO 4217)", "write something like \"CNY\""};
    });
    return;
  }
  std::copy(code.begin(), code.end(), price.currency.begin());
}

void check_price(Checker& checker, JsonValue value, Price& price) {
  const ObjectRule& rule = object_rule("price");
  if (!value.exists() || !checker.object(value, rule)) return;
  {
    const Checker::Step step(checker, "amount");
    price.amount =
        checker.integer(checker.member(value, rule, "amount"), 0, kMaxAmount).value_or(kMaxAmount);
  }
  {
    const Checker::Step step(checker, "offer");
    const JsonValue offer = checker.member(value, rule, "offer");
    price.offer = checker.integer(offer, 0, kMaxAmount).value_or(-1);
    if (price.offer > price.amount) {
      checker.error(ProblemCode::OutOfRange, offer, [&] {
        return Words{"must be at most the amount, " + std::to_string(price.amount) + " (found " +
                         std::to_string(price.offer) + ")",
                     "swap the two, or remove the offer"};
      });
    }
  }
  const Checker::Step step(checker, "currency");
  check_currency(checker, checker.member(value, rule, "currency"), price);
}

void check_art(Checker& checker, JsonValue map, std::vector<Art>& art) {
  if (!map.exists() || !checker.count(map, kMaxArt, "pictures of a product")) return;
  for (JsonValue entry = map.first(); entry.exists(); entry = entry.next()) {
    if (!checker.key_name(entry)) continue;
    const Checker::Step step(checker, entry.key());
    art.push_back({std::string(entry.key()), checker.path(entry)});
  }
}

// The key of a text that exists.
std::string text_key(Checker& checker, JsonValue value, const CampaignData& data) {
  std::string key = checker.plain(value, kMaxIdLength);
  if (!key.empty()) check_text_reference(checker, value, data);
  return key;
}

void check_facts(Checker& checker, JsonValue list, const CampaignData& data,
                 std::vector<Fact>& facts) {
  if (!list.exists() || !checker.count(list, kMaxFacts, "facts of a product")) return;
  const ObjectRule& rule = object_rule("fact");
  for (JsonValue entry = list.first(); entry.exists(); entry = entry.next()) {
    const Checker::Step step(checker, facts.size());
    Fact& fact = facts.emplace_back();
    if (!checker.object(entry, rule)) continue;
    const auto part = [&](std::string_view key) {
      const Checker::Step inner(checker, key);
      return text_key(checker, checker.member(entry, rule, key), data);
    };
    fact.name_text = part("name_text");
    fact.value_text = part("value_text");
  }
}

void check_id(Checker& checker, JsonValue value, const CampaignData& data, Product& product) {
  product.id = checker.identifier(value);
  if (product.id.empty()) return;
  for (const Product& other : data.products) {
    if (other.id != product.id) continue;
    checker.error(ProblemCode::DuplicateId, value, [&] {
      return Words{"a product " + quoted(product.id) + " exists already",
                   "give each product an id of its own"};
    });
    return;
  }
}

void check_product(Checker& checker, JsonValue value, CampaignData& data) {
  const ObjectRule& rule = object_rule("product");
  if (!checker.object(value, rule)) return;
  Product product;
  auto part = [&](std::string_view key, auto check) {
    const Checker::Step step(checker, key);
    check(checker.member(value, rule, key));
  };
  part("id", [&](JsonValue v) { check_id(checker, v, data, product); });
  part("code", [&](JsonValue v) { product.code = checker.words(v, kMaxCodeLength); });
  part("name_text", [&](JsonValue v) { product.name_text = text_key(checker, v, data); });
  part("shade",
       [&](JsonValue v) { product.shade = read_color(checker, v, data.theme).value_or(Color{}); });
  part("price", [&](JsonValue v) { check_price(checker, v, product.price); });
  part("facts", [&](JsonValue v) { check_facts(checker, v, data, product.facts); });
  part("art", [&](JsonValue v) { check_art(checker, v, product.art); });
  if constexpr (kTellsWords) {
    part("stock",
         [&](JsonValue v) { product.stock = checker.integer(v, 0, kMaxStock).value_or(-1); });
  }
  part("note", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
  data.products.push_back(std::move(product));
}

}  // namespace

void check_products(Checker& checker, JsonValue value, CampaignData& data) {
  if (!value.exists() || !checker.count(value, kMaxProducts, "products")) return;
  size_t index = 0;
  for (JsonValue item = value.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    check_product(checker, item, data);
  }
}

}  // namespace vitrine::campaign
