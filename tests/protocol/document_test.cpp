// SPDX-License-Identifier: MIT
// docs/protocol.md is the specification: its examples are decoded and written again verbatim, its
// tables name exactly what the code knows.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/protocol/cloudevent.h"
#include "engine/protocol/messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

struct Example {
  std::string label;  // what follows "```json "
  std::string text;
};

std::string read_document() {
  std::ifstream file("docs/protocol.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Example> read_examples() {
  std::vector<Example> examples;
  std::istringstream lines(read_document());
  std::string line;
  while (std::getline(lines, line)) {
    if (line.rfind("```json ", 0) != 0) continue;
    Example example{line.substr(8), ""};
    std::getline(lines, example.text);
    examples.push_back(example);
  }
  return examples;
}

std::string encode_again(const Message& message) {
  std::string out;
  switch (message.kind) {
    case MessageKind::Challenge:
      encode_challenge(message.challenge, out);
      break;
    case MessageKind::Hello:
      encode_hello(message.hello, out);
      break;
    case MessageKind::Welcome:
      encode_welcome(message.welcome, out);
      break;
    case MessageKind::Renew:
      encode_renew(message.renew, out);
      break;
    case MessageKind::Batch:
      encode_batch(message.batch, out);
      break;
    case MessageKind::Loss:
      encode_loss(message.loss, out);
      break;
    case MessageKind::Ack:
      encode_ack(message.ack, out);
      break;
    case MessageKind::Gap:
      encode_gap(message.gap, out);
      break;
    case MessageKind::Refused:
      encode_refused(message.refused, out);
      break;
  }
  return out;
}

size_t count_rows(const std::string& document, const std::string& from, const std::string& to) {
  const size_t begin = document.find(from);
  const size_t end = document.find(to, begin);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  size_t rows = 0;
  for (size_t at = document.find("\n| `", begin); at < end; at = document.find("\n| `", at + 1)) {
    ++rows;
  }
  return rows;
}

bool has_row(const std::string& document, std::string_view name) {
  return document.find("\n| `" + std::string(name) + "` |") != std::string::npos;
}

}  // namespace

TEST_CASE("every example of the document is read, and written again to the letter") {
  const std::vector<Example> examples = read_examples();
  size_t kinds = 0;
  MessageDecoder decoder;
  for (const Example& example : examples) {
    INFO(example.label << ": " << example.text);
    if (example.label.rfind("invalid ", 0) == 0) {
      CHECK(decoder.decode(example.text) == nullptr);
      CHECK(frame_error_name(decoder.frame_error()) == example.label.substr(8));
      continue;
    }
    if (example.label == "cloudevent") {
      const Message* event = decoder.decode_cloudevent(example.text);
      REQUIRE(event != nullptr);
      CHECK(event->batch.refused.empty());
      continue;
    }
    const Message* message = decoder.decode(example.text);
    REQUIRE(message != nullptr);
    CHECK(message_kind_name(message->kind) == example.label);
    CHECK(encode_again(*message) == example.text);
    ++kinds;
  }
  CHECK(kinds == 11);
  CHECK(examples.size() == 19);
}

TEST_CASE("the document names every refusal, loss and close code, and no other") {
  const std::string document = read_document();
  for (uint32_t i = 0; i < kRowRefusalCount; ++i) {
    const std::string_view name = row_refusal_name(static_cast<RowRefusal>(i));
    INFO(name);
    CHECK(has_row(document, name));
    CHECK(find_row_refusal(name) == static_cast<RowRefusal>(i));
  }
  for (uint32_t i = 0; i < kFrameErrorCount; ++i) {
    const std::string_view name = frame_error_name(static_cast<FrameError>(i));
    INFO(name);
    CHECK(has_row(document, name));
  }
  for (uint32_t i = 0; i < kLossReasonCount; ++i) {
    const std::string_view name = loss_reason_name(static_cast<LossReason>(i));
    INFO(name);
    CHECK(has_row(document, name));
    CHECK(find_loss_reason(name) == static_cast<LossReason>(i));
  }
  CHECK(count_rows(document, "### Rows: quarantined", "### Frames") == kRowRefusalCount);
  CHECK(count_rows(document, "### Frames: refused", "### Losses") == kFrameErrorCount);
  CHECK(count_rows(document, "### Losses", "### Connections") == kLossReasonCount);
}

TEST_CASE("the document's close codes and what follows them are the code's") {
  const std::string document = read_document();
  const auto then = [](Reconnect reconnect) {
    return reconnect == Reconnect::BackOff  ? "back off"
           : reconnect == Reconnect::Slowly ? "slowly"
                                            : "never";
  };
#define X(enumerator, code, name, reconnect)                                                      \
  {                                                                                               \
    const std::string begin = "\n| " #code " | `" #name "` |";                                    \
    const size_t at = document.find(begin);                                                       \
    INFO(begin);                                                                                  \
    REQUIRE(at != std::string::npos);                                                             \
    const std::string line = document.substr(at + 1, document.find('\n', at + 1) - at - 1);       \
    CHECK(line.find(std::string("| ") + then(Reconnect::reconnect) + " |") != std::string::npos); \
    CHECK(reconnect_after(code) == Reconnect::reconnect);                                         \
  }
  VITRINE_CLOSE_CODES(X)
#undef X
  CHECK(reconnect_after(4999) == Reconnect::BackOff);
}

TEST_CASE("the row hash of the document's example is this number for ever") {
  // Resends are compared across versions: a change here is a change of the protocol.
  MessageDecoder decoder;
  for (const Example& example : read_examples()) {
    if (example.label != "batch") continue;
    const Message* message = decoder.decode(example.text);
    REQUIRE(message != nullptr);
    REQUIRE(message->batch.rows.size() == 3);
    CHECK(row_hash(message->batch.rows[0]) == 0xC32B8266F2DF627Bull);
    CHECK(read_document().find("`c32b8266f2df627b`") != std::string::npos);
    return;
  }
}
