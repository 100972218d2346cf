// SPDX-License-Identifier: MIT
#include "wasm/web_outbox_store.h"

#include <charconv>

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

constexpr char kField = '\x1f';

void append(std::string& out, std::string_view text) {
  out += text;
  out += kField;
}

void append(std::string& out, uint64_t number) {
  append(out, std::to_string(number));
}

// The format is described in js/library_outbox.js.
void write_change(const OutboxChange& change, std::string& out) {
  out.clear();
  append(out, change.replace_all ? "1" : "0");
  append(out, change.lives);
  append(out, change.settled_through);
  append(out, change.next_sequence);
  for (const OutboxLoss& loss : change.add_losses) {
    append(out += "\n", "L");
    append(out, loss.first);
    append(out, loss.last);
    append(out, loss.reason);
    append(out, loss.count_by_type);
  }
  for (const OutboxRow& row : change.add_rows) {
    append(out += "\n", "R");
    append(out, row.sequence);
    append(out, row.row);
  }
}

std::string_view take_until(std::string_view& rest, char end) {
  const size_t at = rest.find(end);
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return part;
}

uint64_t take_number(std::string_view& rest) {
  const std::string_view digits = take_until(rest, kField);
  uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

void read_record(std::string_view line, OutboxContents& out) {
  const std::string_view kind = take_until(line, kField);
  if (kind == "O") {
    out.lives = take_until(line, kField);
    out.next_sequence = take_number(line);
  } else if (kind == "L") {
    OutboxLoss loss;
    loss.first = take_number(line);
    loss.last = take_number(line);
    loss.reason = take_until(line, kField);
    loss.count_by_type = take_until(line, kField);
    out.losses.push_back(std::move(loss));
  } else if (kind == "R") {
    const uint64_t sequence = take_number(line);
    out.rows.push_back({sequence, std::string(take_until(line, kField))});
  }
}

OutboxContents read_contents(std::string_view text) {
  OutboxContents contents;
  while (!text.empty()) read_record(take_until(text, '\n'), contents);
  return contents;
}

}  // namespace

void WebOutboxStore::load(Loaded loaded) {
  const int ticket = loads_.add(std::move(loaded));
  vitrine_js_outbox_load(static_cast<int>(channel_), static_cast<int>(channel_), ticket,
                         choice_ == OutboxChoice::OrphanOnly ? 1 : 0);
}

void WebOutboxStore::commit(OutboxChange change, Committed committed) {
  write_change(change, text_);
  const int ticket = commits_.add(std::move(committed));
  vitrine_js_outbox_commit(static_cast<int>(channel_), static_cast<int>(channel_), ticket,
                           text_.data(), text_.size());
}

OutboxDurability WebOutboxStore::durability() const {
  const bool durable = vitrine_js_outbox_durable(static_cast<int>(channel_)) != 0;
  return durable ? OutboxDurability::Durable : OutboxDurability::MemoryOnly;
}

void WebOutboxStore::poll() {
  JsResult result;
  while (take_result(channel_, result)) {
    if (!loaded_) {
      loaded_ = true;
      const Loaded loaded = loads_.take(result.ticket);
      if (!loaded) continue;
      if (result.status.ok())
        loaded(read_contents(result.payload));
      else
        loaded(result.status);
      continue;
    }
    if (const Committed committed = commits_.take(result.ticket)) committed(result.status);
  }
}

void WebOutboxStore::discard() {
  vitrine_js_outbox_discard(static_cast<int>(channel_));
}

}  // namespace vitrine::wasm
