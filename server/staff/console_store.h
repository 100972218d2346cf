// SPDX-License-Identifier: MIT
// What staff decided and who did it: DIRECTORY/console.sqlite3 (console.sql has the tables). Every
// call that changes something is one transaction with its line of the audit log, durable when it
// returns Ok and not there at all otherwise: ResourceExhausted when the disk is full. Rare acts of
// people, a few milliseconds each. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "server/store/durable_database.h"

namespace vitrine {

struct CampaignVersion {
  std::string campaign;
  int64_t version = 0;  // of the campaign's own count; rises
  int64_t time = 0;     // ms since 1970 UTC; of a file: when it was first kept here
  std::string actor;    // who, as far as it is known
  std::string how;      // "file", "edit", "roll_back" or "take_file"
  int64_t of_version = 0;
  std::string changes;  // JSON, see campaign_edit.h
  std::string file_etag;
  std::string json;  // "" where it was not asked for
};

// Append-only. Never the code of a voucher, never a shopper.
struct AuditLine {
  int64_t position = 0;  // given by the store
  int64_t time = 0;
  std::string actor;
  // "publish", "roll_back", "take_file", "stop", "start"; "void_asked" before anything is done, and
  // "void_joined" by whoever asks for the same meanwhile; then "void" or "void_failed" for each, as
  // it went.
  std::string act;
  std::string target;  // a campaign, a claim, ""
  std::string detail;  // "", or a JSON object: see /api/audit of docs/openapi.yaml
};

// Somebody asked for something, and the log does not say how it went.
struct UnsettledAct {
  AuditLine asked;
  // Somebody asked anew afterwards, when nothing had come of this: whatever was done is theirs.
  bool came_to_nothing = false;
};

// Since when everything is stopped, and by whom.
struct StopOrder {
  int64_t time = 0;
  std::string actor;
};

class ConsoleStore {
 public:
  // `directory` "": in memory, for tests and `--memory-store`.
  // `on_disk_error`: see DurableOptions.
  static Result<std::unique_ptr<ConsoleStore>> open(
      const std::string& directory, std::function<void(const Status&)> on_disk_error = {});

  // Keeps versions of one campaign, ascending. AlreadyExists: one of them is there already.
  Status publish(std::span<const CampaignVersion> versions, const AuditLine& line);
  // The newest of every campaign, with its contents.
  Result<std::vector<CampaignVersion>> newest();
  // Newest first, without contents, at most `limit`.
  Result<std::vector<CampaignVersion>> versions(std::string_view campaign, size_t limit);
  Result<std::optional<CampaignVersion>> find(std::string_view campaign, int64_t version);

  // Nothing happens where it is so already.
  Status set_stopped(bool stopped, const AuditLine& line);
  Result<std::optional<StopOrder>> stopped();

  // For acts whose effect is kept elsewhere.
  Status note(const AuditLine& line);
  Result<std::vector<AuditLine>> audit(size_t limit);  // newest first
  // Each "void_asked" or "void_joined" without a later line of its actor and target that says how
  // it went. Looks through all that was ever asked: for the start, and after trouble.
  Result<std::vector<UnsettledAct>> unsettled();

 private:
  ConsoleStore() = default;
  Status prepare();
  Status commit_with(const AuditLine& line);

  DurableDatabase database_;  // before the statements, which are finalized first
  SqliteStatement add_version_, newest_, versions_, find_, stop_, start_, stopped_, add_line_,
      audit_, voids_;
};

}  // namespace vitrine
