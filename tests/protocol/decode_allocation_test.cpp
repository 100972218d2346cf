// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/messages.h"
#include "tests/fakes/counted_allocations.h"

using namespace vitrine;
using vitrine::test::allocations;
using namespace vitrine::protocol;

TEST_CASE("after the first large message decoding allocates nothing, good rows and bad") {
  std::string frame;
  BatchWriter writer(frame, Id128{{1}}, 1, 5, false, R"("campaign":"c","mode":"live")");
  for (int i = 0; i < 50; ++i) {
    writer.add_row(
        i % 5 == 0 ? R"("type":"nonsense","time":1,"data":{"a":1})"
                   : R"("type":"card_selected","time":1,"data":{"product_id":"p","position":1})");
  }
  writer.finish();
  MessageDecoder decoder;
  REQUIRE(decoder.decode(frame) != nullptr);
  const size_t before = allocations;
  for (int i = 0; i < 100; ++i) {
    const Message* message = decoder.decode(frame);
    if (!message || message->batch.rows.size() != 40 || message->batch.refused.size() != 10) {
      FAIL("decoded differently the second time");
    }
  }
  CHECK(allocations == before);
}
