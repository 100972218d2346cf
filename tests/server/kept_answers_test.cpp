// SPDX-License-Identifier: MIT
// A provider is answered "taken" when what it told is on the disk, and not before.
#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "server/crypto.h"
#include "server/handoff/kept_answers.h"

namespace vitrine {
namespace {

struct Kept {
  Kept() { REQUIRE(init_crypto()); }
  // `numbers` commands are submitted, or find no room.
  std::optional<WebResponse> ask(const WebRequest& request, int numbers = 1, bool room = true) {
    return answers.answer(request, 0, [&](const WebRequest&) {
      ++handled;
      for (int i = 0; i < numbers; ++i) answers.on_submit(++number, room);
      WebResponse response;
      response.status = status;
      return std::optional<WebResponse>(response);
    });
  }
  void complete(uint64_t done, const Status& how = {}, ClaimAnswer answer = ClaimAnswer::Done,
                bool submits = false) {
    ClaimOutcome outcome;
    outcome.answer = answer;
    answers.on_completion(done, how, outcome, [&] {
      ++told;
      if (submits) answers.on_submit(++number, true);
    });
  }

  KeptAnswers answers;
  uint64_t number = 0;
  int handled = 0, told = 0, status = 204;
};

WebRequest event(const std::string& body) {
  WebRequest request;
  request.method = WebMethod::Post;
  request.path = "/provider/acme/events";
  request.webhook_id = "evt_1";
  request.body = body;
  return request;
}

TEST_CASE("an event is answered when all that it caused is done, and handled once") {
  Kept kept;
  CHECK_FALSE(kept.ask(event("a"), 2));
  CHECK_FALSE(kept.ask(event("a"), 2));
  kept.complete(1);
  CHECK_FALSE(kept.ask(event("a"), 2));
  kept.complete(2);
  CHECK(kept.ask(event("a"), 2)->status == 204);
  CHECK(kept.handled == 1);
  CHECK(kept.told == 2);
}

TEST_CASE("a full queue, a full disk and a broken one are told, so that it is told again") {
  Kept kept;
  CHECK(kept.ask(event("a"), 1, false)->status == 503);
  CHECK_FALSE(kept.ask(event("b")));
  kept.complete(kept.number, Status(StatusCode::ResourceExhausted, "full"));
  const std::optional<WebResponse> answer = kept.ask(event("b"));
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(*answer->body == "{\"error\":\"busy\"}");
  CHECK_FALSE(kept.ask(event("b")));  // told again it is a new one
  kept.complete(kept.number);
  CHECK(kept.ask(event("b"))->status == 204);
}

TEST_CASE("an event that could not be judged is told again, another one is not harmed by it") {
  Kept kept;
  kept.answers.on_unknown();  // of a provider's answer: nobody waits
  CHECK(kept.ask(event("a"), 0)->status == 204);
  const auto blind = [&](const WebRequest&) {
    kept.answers.on_unknown();
    WebResponse response;
    response.status = 204;
    return std::optional<WebResponse>(response);
  };
  CHECK(kept.answers.answer(event("b"), 0, blind)->status == 503);
  CHECK(kept.ask(event("b"), 0)->status == 204);
}

TEST_CASE("what changes nothing, and what was refused, is answered at once") {
  Kept kept;
  CHECK(kept.ask(event("a"), 0)->status == 204);
  kept.status = 401;
  CHECK(kept.ask(event("b"), 0)->status == 401);
}

TEST_CASE("a code that was in use is drawn anew, and the answer waits for that") {
  Kept kept;
  CHECK_FALSE(kept.ask(event("a")));
  kept.complete(1, {}, ClaimAnswer::CodeInUse, true);
  CHECK_FALSE(kept.ask(event("a")));
  kept.complete(2);
  CHECK(kept.ask(event("a"))->status == 204);
}

TEST_CASE("a forged event is not given the answer of a genuine one on its way") {
  Kept kept;
  CHECK_FALSE(kept.ask(event("a")));
  WebRequest forged = event("a");
  forged.webhook_signature = "v1,other";
  kept.status = 401;
  CHECK(kept.ask(forged, 0)->status == 401);
  CHECK(kept.handled == 2);
}

TEST_CASE("an asker who went away is forgotten") {
  Kept kept;
  CHECK_FALSE(kept.ask(event("a")));
  kept.complete(1);
  kept.answers.on_tick(1'000'000);
  CHECK_FALSE(kept.ask(event("a")));
  CHECK(kept.handled == 2);
}

}  // namespace
}  // namespace vitrine
