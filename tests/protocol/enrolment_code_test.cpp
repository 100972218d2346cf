// SPDX-License-Identifier: MIT
// What people type and what the code was, on both sides of the wire.
#include <catch2/catch.hpp>

#include "engine/protocol/enrolment_code.h"

using vitrine::protocol::normalise_enrolment_code;

TEST_CASE("a code is the same however it is read out and typed") {
  for (const char* typed : {"7K3M-9QXA-C0F1-22WE", "7k3m9qxac0f122we", "7K3M 9QXA COFI 22WE",
                            " 7k3m-9qxa-cofl-22we-"}) {
    INFO(typed);
    CHECK(normalise_enrolment_code(typed) == "7K3M9QXAC0F122WE");
  }
}

TEST_CASE("what cannot be a code is told from one") {
  for (const char* typed : {"", "-", "7K3M", "7K3M-9QXA-C0F1-22WEE", "7K3M-9QXA-C0F1-22WU",
                            "7K3M-9QXA-C0F1-22W\"", "7K3M-9QXA-C0F1-22\xC3\x89"}) {
    INFO(typed);
    CHECK_FALSE(normalise_enrolment_code(typed));
  }
}
