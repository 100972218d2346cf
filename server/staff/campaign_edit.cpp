// SPDX-License-Identifier: MIT
#include "server/staff/campaign_edit.h"

#include <algorithm>
#include <utility>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"

namespace vitrine {
namespace {

// Bytes [begin, begin + size) of the text become `text`.
struct Replacement {
  size_t begin = 0;
  size_t size = 0;
  std::string text;
};

JsonValue product_of(JsonValue root, std::string_view id) {
  JsonValue product = root.find("products").first();
  while (product.exists() && product.find("id").string() != id) product = product.next();
  return product;
}

// The member's value becomes `value`; where there is none it becomes the object's first.
Replacement put(JsonValue object, std::string_view key, std::string_view value) {
  const JsonValue member = object.find(key);
  if (member.exists()) return {member.offset(), member.raw().size(), std::string(value)};
  std::string text = " \"" + std::string(key) + "\": " + std::string(value);
  if (object.size() > 0) text += ",";
  return {object.offset() + 1, 0, std::move(text)};
}

std::string raw_of(JsonValue value) {
  return value.exists() ? std::string(value.raw()) : "";
}

// Written anew as a whole: its members are these three.
std::string price_text(JsonValue price, const ProductEdit& edit) {
  const std::string offer = edit.offer.empty() ? raw_of(price.find("offer")) : edit.offer;
  std::string out = "{ \"amount\": ";
  out += edit.amount.empty() ? raw_of(price.find("amount")) : edit.amount;
  if (!offer.empty() && offer != "null") out += ", \"offer\": " + offer;
  return out + ", \"currency\": " + raw_of(price.find("currency")) + " }";
}

std::string replace_all(std::string_view json, std::vector<Replacement> replacements) {
  std::sort(replacements.begin(), replacements.end(),
            [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
  std::string out;
  size_t copied = 0;
  for (const Replacement& replacement : replacements) {
    out.append(json.substr(copied, replacement.begin - copied)).append(replacement.text);
    copied = replacement.begin + replacement.size;
  }
  return out.append(json.substr(copied));
}

// `what`: of which product, which field, in which currency.
void compare(CampaignChange what, JsonValue before, JsonValue after,
             std::vector<CampaignChange>& changes) {
  what.before = raw_of(before);
  what.after = raw_of(after);
  if (what.before != what.after) changes.push_back(std::move(what));
}

// Whether two objects differ in any member but those of `apart`.
bool differ_but(JsonValue a, JsonValue b, std::initializer_list<std::string_view> apart) {
  const auto is_apart = [&](std::string_view key) {
    return std::find(apart.begin(), apart.end(), key) != apart.end();
  };
  for (JsonValue member = a.first(); member.exists(); member = member.next()) {
    if (!is_apart(member.key()) && raw_of(member) != raw_of(b.find(member.key()))) return true;
  }
  for (JsonValue member = b.first(); member.exists(); member = member.next()) {
    if (!is_apart(member.key()) && !a.find(member.key()).exists()) return true;
  }
  return false;
}

// Returns whether more differs than its numbers.
bool compare_product(JsonValue before, JsonValue after, std::vector<CampaignChange>& changes) {
  const std::string id(before.find("id").string().value_or(""));
  const JsonValue was = before.find("price");
  const JsonValue is = after.find("price");
  const std::string currency(is.find("currency").string().value_or(""));
  compare({id, "stock", "", ""}, before.find("stock"), after.find("stock"), changes);
  for (const char* field : {"amount", "offer", "currency"}) {
    compare({id, field, "", "", currency}, was.find(field), is.find(field), changes);
  }
  return differ_but(before, after, {"stock", "price"});
}

}  // namespace

std::string edit_campaign(std::string_view json, std::span<const ProductEdit> edits,
                          int64_t version) {
  JsonDocument document;
  if (!document.parse(json)) return std::string(json);
  const JsonValue root = document.root();
  std::vector<Replacement> replacements = {put(root, "version", std::to_string(version))};
  for (const ProductEdit& edit : edits) {
    const JsonValue product = product_of(root, edit.product);
    if (!product.exists()) continue;
    if (!edit.stock.empty()) replacements.push_back(put(product, "stock", edit.stock));
    if (edit.amount.empty() && edit.offer.empty()) continue;
    replacements.push_back(put(product, "price", price_text(product.find("price"), edit)));
  }
  return replace_all(json, std::move(replacements));
}

std::vector<CampaignChange> campaign_changes(std::string_view before, std::string_view after) {
  std::vector<CampaignChange> changes;
  JsonDocument was, is;
  if (!was.parse(before) || !is.parse(after)) return changes;
  bool other = differ_but(was.root(), is.root(), {"version", "products"});
  JsonValue product = was.root().find("products").first();
  for (; product.exists(); product = product.next()) {
    const std::string id(product.find("id").string().value_or(""));
    const JsonValue now = product_of(is.root(), id);
    if (now.exists()) {
      other = compare_product(product, now, changes) || other;
    } else {
      changes.push_back({id, "product", "\"" + id + "\"", ""});
    }
  }
  for (product = is.root().find("products").first(); product.exists(); product = product.next()) {
    const std::string id(product.find("id").string().value_or(""));
    if (!product_of(was.root(), id).exists()) {
      changes.push_back({id, "product", "", "\"" + id + "\""});
    }
  }
  if (other) changes.push_back({"", "other", "", ""});
  return changes;
}

std::string changes_json(std::span<const CampaignChange> changes) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const CampaignChange& change : changes) {
    json.begin_object().key("product").string(change.product).key("field").string(change.field);
    json.key("before").string(change.before).key("after").string(change.after);
    if (!change.currency.empty()) json.key("currency").string(change.currency);
    json.end_object();
  }
  json.end_array();
  return out;
}

}  // namespace vitrine
