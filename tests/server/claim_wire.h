// SPDX-License-Identifier: MIT
// One connection of vitrine.claim.1 by its port alone, as a screen or a phone has it. Nothing here
// fails a test or ends a program: whoever uses it asks. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/json/json.h"
#include "engine/protocol/claim_messages.h"
#include "tests/server/raw_client.h"

namespace vitrine::test {

class ClaimWire {
 public:
  // Connects and reads the challenge. `is_page`: with a page's Origin, as phones come.
  ClaimWire(uint16_t port, bool is_page);

  bool is_open() const { return is_open_; }
  const std::string& nonce() const { return client_.nonce(); }
  // False when the other end is gone.
  bool send(std::string_view text);
  // Numbers it and sends it: the number, 0 when the other end is gone. In English, unless it says
  // otherwise.
  uint32_t act(protocol::ClaimKind kind, protocol::ClaimAct act = {});
  // The next state; false when the connection ended or time is up, and then it is no longer open.
  bool read_state();
  // Reads states until it holds of the newest; at once where it does already. False as
  // read_state().
  bool read_until(const std::function<bool()>& holds);
  // Until what was asked last is answered.
  bool read_answer();
  // The newest state read, as it came; "": none yet.
  const std::string& newest() const { return text_; }
  int read_close_code() { return client_.read_close_code(); }
  uint32_t requests() const { return requests_; }  // the number of the newest act
  // Of the newest state read, integers too, and "queue.stage"; "" where it is absent.
  std::string member(std::string_view name) const;
  // The next state if all of it has arrived; false: not now.
  bool read_state_now();
  int descriptor() const { return client_.descriptor(); }  // to wait for many at once

 private:
  bool take(const std::optional<Frame>& frame);

  RawClient client_;
  JsonDocument newest_;
  std::string text_;  // that newest_ points to
  uint32_t requests_ = 0;
  bool is_open_ = false;
};

// A page's token for the sample campaign; "" when the server did not answer.
std::string page_token(uint16_t port);
// Hello of a phone of the sample campaign.
std::string phone_hello(std::string_view token, std::string_view holder);
// Copies the sample campaign below `folder`, with so many of every product.
void write_sample_campaign(const std::filesystem::path& folder, int stock);

}  // namespace vitrine::test
