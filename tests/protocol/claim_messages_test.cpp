// SPDX-License-Identifier: MIT
// docs/claim-protocol.md is the specification: its examples are decoded and written again verbatim,
// its tables name exactly what the code knows.
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/protocol/claim_messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

std::vector<std::string> document_lines() {
  std::ifstream file("docs/claim-protocol.md");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

struct Example {
  std::string kind;
  std::string text;
};

std::vector<Example> examples() {
  std::vector<Example> found;
  const std::vector<std::string> lines = document_lines();
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].rfind("```json ", 0) == 0) found.push_back({lines[i].substr(8), lines[i + 1]});
  }
  return found;
}

// First cells of the table under `heading`.
std::set<std::string> table(const std::string& heading) {
  std::set<std::string> cells;
  bool inside = false;
  for (const std::string& line : document_lines()) {
    if (line.rfind("#", 0) == 0) inside = line == heading;
    if (!inside || line.rfind("| `", 0) != 0) continue;
    cells.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return cells;
}

std::string encode_again(const ClaimMessage& message) {
  std::string out;
  if (message.kind == ClaimKind::Challenge) encode_challenge(message.challenge, out);
  if (message.kind == ClaimKind::Hello) encode_claim_hello(message.hello, out);
  if (message.kind == ClaimKind::State) encode_claim_state(message.state, out);
  if (out.empty()) encode_claim_act(message.kind, message.act, out);
  return out;
}

FrameError refusal_of(const std::string& text) {
  ClaimDecoder decoder;
  REQUIRE(decoder.decode(text) == nullptr);
  return decoder.error();
}

}  // namespace

TEST_CASE("every example of the claim protocol is read and written again as it stands") {
  ClaimDecoder decoder;
  std::set<std::string> kinds;
  for (const Example& example : examples()) {
    INFO(example.text);
    const ClaimMessage* message = decoder.decode(example.text);
    REQUIRE(message != nullptr);
    CHECK(claim_kind_name(message->kind) == example.kind);
    CHECK(encode_again(*message) == example.text);
    kinds.insert(example.kind);
  }
  for (int kind = 0; kind <= static_cast<int>(ClaimKind::State); ++kind) {
    CHECK(kinds.count(std::string(claim_kind_name(static_cast<ClaimKind>(kind)))) == 1);
  }
}

TEST_CASE("the document names every stage, reason and notice, and no other") {
  std::set<std::string> stages, ends, notices, queue_stages;
#define X(enumerator, name) stages.insert(#name);
  VITRINE_CLAIM_STAGES(X)
#undef X
#define X(enumerator, name) ends.insert(#name);
  VITRINE_CLAIM_ENDS(X)
#undef X
#define X(enumerator, name) notices.insert(#name);
  VITRINE_CLAIM_NOTICES(X)
#undef X
#define X(enumerator, name) queue_stages.insert(#name);
  VITRINE_QUEUE_STAGES(X)
#undef X
  ends.erase("");
  notices.erase("");
  CHECK(table("### Stages") == stages);
  CHECK(table("### Reasons") == ends);
  CHECK(table("### Notices") == notices);
  CHECK(table("### Places in a line") == queue_stages);
  for (const std::string& name : queue_stages) {
    CHECK(queue_stage_name(*find_queue_stage(name)) == name);
  }
  for (const std::string& name : stages) CHECK(claim_stage_name(*find_claim_stage(name)) == name);
  for (const std::string& name : ends) CHECK(claim_end_name(*find_claim_end(name)) == name);
  for (const std::string& name : notices) {
    CHECK(claim_notice_name(*find_claim_notice(name)) == name);
  }
}

TEST_CASE("a claim message that lacks what its kind needs is refused by name") {
  CHECK(refusal_of("[]") == FrameError::NotAnObject);
  CHECK(refusal_of("{") == FrameError::NotJson);
  CHECK(refusal_of(R"({"request":1})") == FrameError::MissingField);
  CHECK(refusal_of(R"({"kind":"redeem"})") == FrameError::UnknownKind);
  CHECK(refusal_of(R"({"kind":"cancel"})") == FrameError::MissingField);
  CHECK(refusal_of(R"({"kind":"cancel","request":0})") == FrameError::OutOfRange);
  CHECK(refusal_of(R"({"kind":"cancel","request":"1"})") == FrameError::WrongType);
  CHECK(refusal_of(R"({"kind":"open","request":1,"product":"x"})") == FrameError::MissingField);
  CHECK(refusal_of(R"({"kind":"join","request":1,"ticket":"00","key":"00"})") ==
        FrameError::BadIdentifier);
  // No ticket and no key is all zero: what nobody drew can be guessed.
  CHECK(refusal_of(R"({"kind":"join","request":1,"ticket":"00000000000000000000000000000000",)"
                   R"("key":"00000000000000000000000000000001"})") == FrameError::BadIdentifier);
  CHECK(refusal_of(R"({"kind":"hello","campaign":"c","build":"b"})") == FrameError::MissingField);
  CHECK(refusal_of(R"({"kind":"hello","token":"t","campaign":"../x","build":"b"})") ==
        FrameError::BadIdentifier);
  CHECK(refusal_of(std::string(kMaxClaimFrameBytes + 1, ' ')) == FrameError::TooLarge);
}

TEST_CASE("a line's part that is not as it must be is refused, one that is newer says less") {
  const std::string begin = R"({"kind":"state","time":1,"stage":"none","queue":)";
  CHECK(refusal_of(begin + "7}") == FrameError::WrongType);
  CHECK(refusal_of(begin + R"({"stage":"called"}})") == FrameError::MissingField);
  const std::string code = R"({"code":"00000000000000000000000000000011")";
  CHECK(refusal_of(begin + code + R"(,"number":-1}})") == FrameError::OutOfRange);
  CHECK(refusal_of(begin + code + R"(,"before":1000000}})") == FrameError::OutOfRange);
  CHECK(refusal_of(R"({"kind":"here","request":1})") == FrameError::MissingField);
  CHECK(refusal_of(R"({"kind":"here","request":1,"number":0})") == FrameError::OutOfRange);
  CHECK(refusal_of(R"({"kind":"take_number","request":1,"queue":"7"})") ==
        FrameError::BadIdentifier);
  ClaimDecoder decoder;
  const ClaimMessage* message = decoder.decode(begin + code + R"(,"stage":"dancing"}})");
  REQUIRE(message != nullptr);
  CHECK(message->state.queue.stage == QueueStage::None);
}

TEST_CASE("consent that is not said is no consent") {
  const std::string begin =
      R"({"kind":"agree","request":1,"key":"0000000000000000000000000000001a",)"
      R"("terms_version":"1","language":"zh",)";
  CHECK(refusal_of(begin + R"("guardian":false,"statistics":false})") == FrameError::MissingField);
  CHECK(refusal_of(begin + R"("terms":1,"guardian":false,"statistics":false})") ==
        FrameError::WrongType);
  CHECK(refusal_of(begin + R"("terms":true,"guardian":false})") == FrameError::MissingField);
}

TEST_CASE("a newer server's reason or notice is understood as the nearest, its stage is not") {
  ClaimDecoder decoder;
  const ClaimMessage* message = decoder.decode(
      R"({"kind":"state","time":1,"stage":"ended","reason":"on_strike","notice":"raining"})");
  REQUIRE(message != nullptr);
  CHECK(message->state.reason == ClaimEnd::Closed);
  CHECK(message->state.notice == ClaimNotice::Busy);
  CHECK(decoder.decode(R"({"kind":"state","time":1,"stage":"dancing"})") == nullptr);
}

TEST_CASE("whatever bytes come, the claim decoder answers and keeps nothing") {
  Random random(20261127);
  const std::vector<Example> valid = examples();
  ClaimDecoder decoder;
  for (int i = 0; i < 20000; ++i) {
    std::string text = valid[random.below(static_cast<uint32_t>(valid.size()))].text;
    for (uint32_t changes = 1 + random.below(4); changes > 0; --changes) {
      const size_t at = random.below(static_cast<uint32_t>(text.size()));
      if (random.below(2) == 0)
        text[at] = static_cast<char>(random.below(256));
      else
        text.erase(at, 1 + random.below(8));
      if (text.empty()) text = "{";
    }
    const ClaimMessage* message = decoder.decode(text);
    if (message == nullptr) continue;
    CHECK(decoder.decode(encode_again(*message)) != nullptr);
  }
}
