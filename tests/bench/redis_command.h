// SPDX-License-Identifier: MIT
// What the server stores, as commands to Redis in its own protocol. Written by hand: formatting
// with the client library would cost the compared store time that it need not cost.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "server/store/store.h"

namespace vitrine::bench {

void append_command(std::string& out, std::initializer_list<std::string_view> words);

void append_xadd_fields(std::string& out, const StreamUpdate& stream, const RowToStore& row);
// `packed`: scratch.
void append_xadd_packed(std::string& out, const StreamUpdate& stream, const RowToStore& row,
                        std::string& packed);
void append_xadd_quarantined(std::string& out, const StreamUpdate& stream,
                             const QuarantinedRow& row);
void append_xadd_loss(std::string& out, const StreamUpdate& stream, const LossRange& loss);

// Where a stream's mark is, in the hash "marks".
std::string mark_key(std::string_view device, const Id128& incarnation);

}  // namespace vitrine::bench
