// SPDX-License-Identifier: MIT
// What staff sees live. Everything is counted as it happens; nothing is ever counted by asking the
// store, so the view costs the same at ten rows and at ten million. Loop's thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json/json_writer.h"
#include "server/campaign_folder.h"
#include "server/session.h"
#include "server/store/store.h"
#include "server/writer.h"

namespace vitrine {

// Rows a second over the last seconds, from totals sampled now and then.
class RateMeter {
 public:
  void sample(int64_t now_ms, uint64_t total);
  // Over about the last `window_ms`.
  double per_second(int64_t window_ms) const;

 private:
  struct Sample {
    int64_t time_ms = 0;
    uint64_t total = 0;
  };
  std::deque<Sample> samples_;
};

// One interaction for the list of the newest.
struct RecentInteraction {
  std::string device, type, campaign, scene;
  int64_t received_ms = 0;
  uint64_t sequence = 0;
};

class LiveView {
 public:
  static constexpr size_t kRecent = 20;

  // What the store held at start; from then on the writer's totals are added.
  explicit LiveView(const StoreCounters& at_start) : at_start_(at_start) {}

  void on_settled(const Session& session, const Completion& completion, const BatchSummary& summary,
                  int64_t now_ms);
  void on_opened(const Session& session);
  void on_closed(const Session& session, int64_t now_ms);
  // What a batch said: the device's own disk is full or absent.
  void on_storage(const Session& session, bool memory_only);
  void on_frame_refused(protocol::FrameError error);
  // Before it is looked at, so that what was acknowledged is shown, and before sample_rate().
  void on_writer_stats(const WriterStats& stats);
  // At start and after each change.
  void on_campaigns(const CampaignFolder& campaigns);
  // A few times a second.
  void sample_rate(int64_t now_ms) { rate_.sample(now_ms, writer_.rows); }

  uint64_t rows() const { return at_start_.rows + writer_.rows; }
  const WriterStats& writer() const { return writer_; }
  const std::map<std::string_view, uint64_t>& frames_refused() const { return frames_refused_; }
  size_t screens() const { return screens_.size(); }

  // What is known of a device since this server started.
  struct Seen {
    std::string campaign, build;
    bool connected = false;
    int64_t since_ms = 0;  // when it came, or left; wall clock
    int64_t heard_ms = 0;
    // Rows that its hello named and that are not settled yet. Of one that left: as it left.
    uint64_t queued = 0;
    bool memory_only = false;
  };
  // By device; pages are none.
  std::map<std::string, Seen> seen() const;
  size_t pages() const;  // that record now

  // The JSON of /api/live. `connections`: open sockets.
  std::string to_json(int64_t now_ms, size_t connections) const;
  void append_metrics(std::string& out) const;

 private:
  struct Screen {
    std::string device, campaign, build;
    int64_t since_ms = 0;
    uint64_t mark = 0;
    uint64_t rows = 0;
    bool memory_only = false;
    uint64_t named = 0;
    int64_t heard_ms = 0;
  };
  static Seen seen_of(const Screen& screen);
  size_t screens_memory_only() const;
  void append_counters(JsonWriter& json, size_t connections) const;
  void append_screens(JsonWriter& json, int64_t now_ms) const;
  void append_recent(JsonWriter& json) const;
  void append_campaigns(JsonWriter& json) const;
  uint64_t lost() const { return at_start_.lost + writer_.lost; }
  uint64_t quarantined() const { return at_start_.quarantined + writer_.quarantined; }

  const StoreCounters at_start_;
  WriterStats writer_;
  RateMeter rate_;
  std::map<std::string, uint64_t> quarantined_by_reason_;
  std::map<std::string, uint64_t> lost_by_reason_;
  std::map<std::string_view, uint64_t> frames_refused_;
  std::map<ConnectionId, Screen> screens_;
  std::map<std::string, Seen> left_;      // by device; as many as there are enrolled at most
  std::deque<RecentInteraction> recent_;  // newest first
  size_t campaigns_ = 0;                  // that are served
  std::vector<CampaignProblem> campaign_problems_;  // the first line of each alone
};

}  // namespace vitrine
