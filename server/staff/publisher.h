// SPDX-License-Identifier: MIT
// Campaigns as staff change them: every change is a version of its own, kept for ever, served from
// the moment it is durable. The operator's files are read and never written. Loop's thread.
//
// Stock. A pool that is there is the truth of how many there are; the number in a published version
// is what staff want it to be, and is refused below what is taken. Should somebody take one while
// it is being published, the pool keeps at least what is taken (ClaimDesk::on_offer).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "server/campaign_folder.h"
#include "server/claims/claim_store.h"
#include "server/staff/campaign_edit.h"
#include "server/staff/console_store.h"

namespace vitrine {

// Something wrong with one field, in words for people.
struct PublishProblem {
  std::string product;  // "": of the campaign
  std::string field;    // "stock", "amount", "offer"; "" where it is none of these
  std::string code;     // of docs/campaign-format.md, or "stock_taken"
  std::string message;
  std::string cure;
  int64_t limit = 0;      // stock_taken: how many are taken
  std::string path = {};  // "scenes[1].kind", in the campaign; "": of the whole, or stock_taken
};

enum class PublishAnswer : uint8_t {
  Done,         // also when nothing was to be changed: then there is no new version
  NoCampaign,   // or no such version, or no good file
  Conflict,     // the base is not what is served any more
  FileChanged,  // the file is not what was seen of it
  Problems,     // nothing was changed
  Full,         // nothing was changed, the disk is full
  Unavailable,
};

class Publisher {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    ConsoleStore* store = nullptr;
    CampaignFolder* campaigns = nullptr;
    // Null: none of that name is begun. May be empty: none are.
    std::function<const Pool*(std::string_view name)> pool;
  };
  // What `parts` points to outlives this.
  explicit Publisher(Parts parts) : parts_(std::move(parts)) {}

  // Once, at start: what was published before is served again. Returns lines for the log.
  std::vector<std::string> restore();

  // What whoever asks believes to be there.
  struct Base {
    std::string campaign;
    int64_t version = 0;
    std::string etag;  // of the contents; "": not said
    std::string actor;
  };
  PublishAnswer edit(const Base& base, std::vector<ProductEdit> edits);
  // The contents of an earlier version become the newest.
  PublishAnswer roll_back(const Base& base, int64_t version);
  // What the operator's file says becomes the newest. `file_etag`: of what was seen of it.
  PublishAnswer take_file(const Base& base, std::string_view file_etag);
  // Of the last call that answered Problems.
  const std::vector<PublishProblem>& problems() const { return problems_; }

  // What is served, also where nothing was ever published: then as `how` "file". None: no such
  // campaign.
  std::optional<CampaignVersion> current(std::string_view campaign) const;
  // Whether the file is not what it was when the current version was published.
  bool has_file_changed(std::string_view campaign) const;
  // Of the file that take_file() would take; "": there is none.
  std::string file_etag(std::string_view campaign) const;
  ConsoleStore& store() { return *parts_.store; }
  const CampaignFolder& campaigns() const { return *parts_.campaigns; }

 private:
  struct Draft {
    std::string json;
    std::string how;
    int64_t of_version = 0;
  };
  bool is_stale(const Base& base, const CampaignVersion& now) const;
  bool has_file_changed_since(const CampaignVersion& version) const;
  void add_pool_stocks(const CampaignVersion& now, std::vector<ProductEdit>& edits) const;
  bool check(const CampaignVersion& now, const Draft& draft,
             std::span<const CampaignChange> changes);
  PublishAnswer publish(const Base& base, const CampaignVersion& now, Draft draft);

  Parts parts_;
  std::map<std::string, CampaignVersion, std::less<>> newest_;
  // A file that is served in place of a version that is not good any more counts as the next one.
  std::map<std::string, int64_t, std::less<>> floor_;
  std::vector<PublishProblem> problems_;
};

}  // namespace vitrine
