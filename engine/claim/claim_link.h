// SPDX-License-Identifier: MIT
// The client's end of a claim over a connection of its own (docs/claim-protocol.md): what a screen
// and a phone want, kept until it is answered whatever the network does, and what the server says,
// made into the View.
//
// A screen is connected as long as its campaign hands something out, so that a code is there after
// one answer. A phone connects when it came by a code or ever joined by one. Nothing of ticket,
// holder, code or secret leaves this module but in the View, and by Keepsakes on a phone. One
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/id128.h"
#include "engine/claim/claim_service.h"
#include "engine/claim/statistics_choice.h"
#include "engine/platform/device_identity.h"
#include "engine/platform/home_screen.h"
#include "engine/platform/keepsakes.h"
#include "engine/platform/links.h"
#include "engine/platform/random_bytes.h"
#include "engine/platform/transport.h"

namespace vitrine::claim {

// All outlive the link.
struct LinkSeams {
  const Clock& clock;
  RandomBytes& random;  // keys, and the seed of the back-off
  DeviceIdentity& identity;
  Transport& transport;  // subprotocol vitrine.claim.1, nobody else's
  Keepsakes& keepsakes;
  Links& links;
  HomeScreen& home_screen;
};

struct LinkOptions {
  Role role = Role::Screen;
  std::string build = {};  // build id, at most 64
  bool online = true;      // false: never connects
  uint64_t seed = 0;       // of the back-off's jitter; 0: from `random`
  // Phone: told of what its person chooses; outlives the link. Null: nobody wants to know.
  StatisticsChoice* statistics = nullptr;
};

// What is played now.
struct LinkCampaign {
  std::string id = {};
  bool hands_out = false;  // it has a scene for a claim
  std::string terms_version = "1";
  // Where anybody may look at it, for a screen without a connection; "": nobody said.
  std::string page = {};
  bool has_queue = false;  // it has a scene for a number in a line
};

class End;

class ClaimLink final : public Service {
 public:
  ClaimLink(const LinkSeams& seams, const LinkOptions& options);
  ~ClaimLink() override;

  // Once a campaign is there, and whenever another one is. A screen's claim ends with the old one.
  void set_campaign(const LinkCampaign& campaign);
  // Of whoever is engaged at the screen; none: nobody. When it changes, what was begun for the one
  // before ends at once. A claim that is begun before the first call after it belongs to that one.
  void set_session(const Id128& session);
  // Screen: nobody may come to it now, though nobody is engaged (staff wipe the glass).
  void set_closed(bool closed);
  // In which the shopper reads.
  void set_language(std::string_view language);
  // Phone: somebody came by a screen's code: TICKET.PRODUCT, or queue=CODE of a line. What is
  // neither is ignored.
  void invite(std::string_view text);
  // Once a frame; polls the transport.
  void poll();

  // Phone: there is something to be shown that its person has not put aside yet.
  bool wants_scene() const;
  // Phone: it is invited to a line, or has a number, or how it ended was not read yet.
  bool wants_queue_scene() const;
  // Phone: under which session it records; none: its own.
  Id128 recording_session() const;

  const View& view() const override;
  void begin(std::string_view product) override;
  void end() override;
  void not_me() override;
  void join() override;
  void agree(const Agreement& agreement) override;
  void follow() override;
  void pay() override;
  void cancel() override;
  void dismiss() override;
  void add_to_home() override;
  void take_number() override;
  void leave_number() override;
  void here() override;

 private:
  std::unique_ptr<End> end_;
};

}  // namespace vitrine::claim
