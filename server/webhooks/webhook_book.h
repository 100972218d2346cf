// SPDX-License-Identifier: MIT
// Who is told what happened to claims, and how far each one is: DIR/webhooks.sqlite3, readable by
// the server's user alone, for the secrets in it. Used by the server and, at the same time, by
// `vitrine webhook`. What changes something is durable when it returns. One thread at a time.
//
// Every error leaves everything as it was: ResourceExhausted for a full disk, Unavailable and
// others for a disk or file that is not as it must be.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "server/webhooks/webhook_signature.h"

namespace vitrine {

// How long the secret before the newest still signs, too.
inline constexpr int64_t kOldSecretLifeMs = 24 * 3600'000;
// Of an endpoint; older dead ones are dropped.
inline constexpr size_t kMaxDeadDeliveries = 10'000;

struct WebhookEndpoint {
  std::string name;  // [a-z0-9][a-z0-9._-]{0,62}
  Id128 id;          // of this adding of it; part of every message's id
  std::string url;
  std::string secret;
  std::string old_secret;  // "" when there is none
  int64_t old_until = 0;   // ms since 1970 UTC, as all times
  std::string disabled;    // why nothing is sent; "": active
  uint64_t cursor = 0;     // position of the ledger up to which everything was tried
  int64_t added_time = 0;
  uint64_t delivered = 0;  // messages, ever
  uint64_t failed = 0;     // attempts, ever
  int64_t delivered_time = 0;
  std::string error;  // of the last attempt that failed
  uint64_t waiting = 0, dead = 0;

  // That sign now, the newest first.
  std::vector<WebhookSecret> secrets(int64_t now) const;
};

// A line of the ledger that was tried and is not delivered.
struct WebhookDelivery {
  uint64_t position = 0;
  bool dead = false;
  int attempts = 0;
  int64_t first_time = 0;
  int64_t next_time = 0;  // of one that waits: not before
  std::string type;       // "claim.issued"
  std::string error;
};

// What came of one attempt, or of lines that nobody has to be told.
struct WebhookProgress {
  Id128 endpoint;
  std::optional<uint64_t> cursor;
  std::optional<WebhookDelivery> keep;  // tried, and not delivered
  std::optional<uint64_t> settle;       // a kept one is delivered, or is in no ledger any more
  bool delivered = false;
  bool failed = false;
  std::string error;
  std::string disable;  // why; "": it stays as it is
  int64_t time = 0;
};

class WebhookBook {
 public:
  static Result<std::unique_ptr<WebhookBook>> open(const std::string& directory);
  ~WebhookBook();

  // AlreadyExists, InvalidArgument (name, address). It is told what comes behind `cursor`.
  // Expects: init_crypto().
  Result<WebhookEndpoint> add(std::string_view name, std::string_view url, uint64_t cursor,
                              int64_t now);
  // Another secret; the one before signs along for kOldSecretLifeMs. NotFound.
  Result<WebhookEndpoint> rotate(std::string_view name, int64_t now);
  Status remove(std::string_view name);         // NotFound; with all that was not delivered
  Result<std::vector<WebhookEndpoint>> list();  // by name
  // The oldest first. NotFound when there is no such endpoint.
  Result<std::vector<WebhookDelivery>> dead(std::string_view name);
  // Sends dead ones again, all or that of `position`, and enables a disabled endpoint. How many.
  Result<uint64_t> retry(std::string_view name, std::optional<uint64_t> position, int64_t now);

  // The one that waits longest behind its time; nothing when none is due.
  Result<std::optional<WebhookDelivery>> next_due(const Id128& endpoint, int64_t now);
  // All of it in one transaction. Of endpoints that were removed meanwhile nothing is kept.
  Status record(const std::vector<WebhookProgress>& progress);
  // Changes whenever somebody, here or in another process, added, changed or removed an endpoint or
  // sends dead ones again. record() alone does not change it.
  Result<int64_t> version();

 private:
  WebhookBook();
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace vitrine
