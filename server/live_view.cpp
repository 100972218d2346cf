// SPDX-License-Identifier: MIT
#include "server/live_view.h"

#include "engine/base/json/json_writer.h"
#include "engine/protocol/codes.h"
#include "server/metrics_text.h"

namespace vitrine {

namespace {

constexpr int64_t kRateHistoryMs = 12000;
constexpr size_t kScreensShown = 200;

std::map<std::string, uint64_t> sum(const std::map<std::string, uint64_t>& a,
                                    const std::map<std::string, uint64_t>& b) {
  std::map<std::string, uint64_t> total = a;
  for (const auto& [name, count] : b) total[name] += count;
  return total;
}

void append_counts(JsonWriter& json, const std::map<std::string, uint64_t>& counts) {
  json.begin_object();
  for (const auto& [name, count] : counts) json.key(name).integer(static_cast<int64_t>(count));
  json.end_object();
}

void append_metric(std::string& out, std::string_view name, std::string_view help, double value,
                   std::string_view type) {
  MetricsText(out).one(name, type, help, value);
}

void append_by_reason(std::string& out, std::string_view name, std::string_view help,
                      const std::map<std::string, uint64_t>& counts) {
  MetricsText text(out);
  text.family(name, "counter", help);
  for (const auto& [reason, count] : counts) text.value(double(count), {{"reason", reason}});
}

}  // namespace

void RateMeter::sample(int64_t now_ms, uint64_t total) {
  samples_.push_back({now_ms, total});
  while (samples_.size() > 2 && now_ms - samples_.front().time_ms > kRateHistoryMs) {
    samples_.pop_front();
  }
}

double RateMeter::per_second(int64_t window_ms) const {
  if (samples_.size() < 2) return 0;
  const Sample& newest = samples_.back();
  const Sample* oldest = &samples_[samples_.size() - 2];
  for (auto it = samples_.rbegin() + 1; it != samples_.rend(); ++it) {
    if (newest.time_ms - it->time_ms > window_ms) break;
    oldest = &*it;
  }
  const int64_t span = newest.time_ms - oldest->time_ms;
  return span <= 0 ? 0 : double(newest.total - oldest->total) * 1000.0 / double(span);
}

void LiveView::on_settled(const Session& session, const Completion& completion,
                          const BatchSummary& summary, int64_t now_ms) {
  const auto screen = screens_.find(session.id());
  if (screen != screens_.end()) {
    screen->second.mark = completion.mark;
    screen->second.rows = session.info().rows;
    screen->second.heard_ms = now_ms;
  }
  if (completion.rows == 0 || summary.newest_type.empty()) return;
  recent_.push_front({session.info().device, summary.newest_type, summary.newest_campaign,
                      summary.newest_scene, now_ms, completion.mark});
  if (recent_.size() > kRecent) recent_.pop_back();
}

void LiveView::on_opened(const Session& session) {
  const SessionInfo& info = session.info();
  Screen& screen = screens_[session.id()];
  screen = {info.device, info.campaign, info.build, info.opened_ms, info.mark,
            0,           false,         info.named, info.heard_ms};
}

void LiveView::on_storage(const Session& session, bool memory_only) {
  const auto screen = screens_.find(session.id());
  if (screen != screens_.end()) screen->second.memory_only = memory_only;
}

size_t LiveView::screens_memory_only() const {
  size_t count = 0;
  for (const auto& [id, screen] : screens_) count += screen.memory_only ? 1 : 0;
  return count;
}

void LiveView::on_closed(const Session& session, int64_t now_ms) {
  const auto screen = screens_.find(session.id());
  if (screen == screens_.end()) return;
  if (screen->second.device != kPageDevice) {
    Seen& left = left_[screen->second.device] = seen_of(screen->second);
    left.connected = false;
    left.since_ms = now_ms;
  }
  screens_.erase(screen);
}

LiveView::Seen LiveView::seen_of(const Screen& screen) {
  Seen seen;
  seen.campaign = screen.campaign;
  seen.build = screen.build;
  seen.connected = true;
  seen.since_ms = screen.since_ms;
  seen.heard_ms = screen.heard_ms;
  seen.queued = screen.named > screen.mark ? screen.named - screen.mark : 0;
  seen.memory_only = screen.memory_only;
  return seen;
}

std::map<std::string, LiveView::Seen> LiveView::seen() const {
  std::map<std::string, Seen> seen = left_;
  for (const auto& [id, screen] : screens_) {
    if (screen.device == kPageDevice) continue;
    Seen& known = seen[screen.device];
    // Two connections of one device: the newer.
    if (!known.connected || known.since_ms <= screen.since_ms) known = seen_of(screen);
  }
  return seen;
}

size_t LiveView::pages() const {
  size_t count = 0;
  for (const auto& [id, screen] : screens_) count += screen.device == kPageDevice ? 1 : 0;
  return count;
}

void LiveView::on_frame_refused(protocol::FrameError error) {
  ++frames_refused_[protocol::frame_error_name(error)];
}

void LiveView::on_campaigns(const CampaignFolder& campaigns) {
  campaigns_ = campaigns.ids().size();
  campaign_problems_.clear();
  for (const CampaignProblem& problem : campaigns.problems()) {
    campaign_problems_.push_back({problem.folder, problem.text.substr(0, problem.text.find('\n'))});
  }
}

void LiveView::on_writer_stats(const WriterStats& stats) {
  writer_ = stats;
  quarantined_by_reason_ = sum(at_start_.quarantined_by_reason, stats.quarantined_by_reason);
  lost_by_reason_ = sum(at_start_.lost_by_reason, stats.lost_by_reason);
}

void LiveView::append_counters(JsonWriter& json, size_t connections) const {
  const auto count = [&](std::string_view name, uint64_t value) {
    json.key(name).integer(static_cast<int64_t>(value));
  };
  count("rows", rows());
  count("quarantined", quarantined());
  count("lost", lost());
  count("duplicates", writer_.duplicates);
  count("conflicts", writer_.conflicts);
  count("gaps", writer_.gaps);
  count("connections", connections);
  count("screens", screens_.size());
  count("queued_rows", writer_.queued_rows);
  json.key("rate_1s").number(rate_.per_second(1100));
  json.key("rate_10s").number(rate_.per_second(10100));
  json.key("last_commit_us").integer(writer_.last_append_us);
  json.key("store_full").boolean(writer_.store_full);
  json.key("quarantined_by_reason");
  append_counts(json, quarantined_by_reason_);
  json.key("lost_by_reason");
  append_counts(json, lost_by_reason_);
  json.key("frames_refused").begin_object();
  for (const auto& [name, value] : frames_refused_) count(name, value);
  json.end_object();
}

void LiveView::append_screens(JsonWriter& json, int64_t now_ms) const {
  json.begin_array();
  size_t shown = 0;
  for (const auto& [id, screen] : screens_) {
    if (++shown > kScreensShown) break;
    json.begin_object();
    json.key("device").string(screen.device).key("campaign").string(screen.campaign);
    json.key("build").string(screen.build);
    json.key("connected_s").integer((now_ms - screen.since_ms) / 1000);
    json.key("mark").integer(static_cast<int64_t>(screen.mark));
    json.key("rows").integer(static_cast<int64_t>(screen.rows));
    json.key("memory_only").boolean(screen.memory_only);
    json.end_object();
  }
  json.end_array();
}

void LiveView::append_recent(JsonWriter& json) const {
  json.begin_array();
  for (const RecentInteraction& item : recent_) {
    json.begin_object();
    json.key("device").string(item.device).key("type").string(item.type);
    json.key("campaign").string(item.campaign).key("scene").string(item.scene);
    json.key("time").integer(item.received_ms);
    json.key("sequence").integer(static_cast<int64_t>(item.sequence));
    json.end_object();
  }
  json.end_array();
}

void LiveView::append_campaigns(JsonWriter& json) const {
  json.key("campaigns").integer(static_cast<int64_t>(campaigns_));
  json.key("campaign_problems").begin_array();
  for (const CampaignProblem& problem : campaign_problems_) {
    json.begin_object().key("campaign").string(problem.folder);
    json.key("problem").string(problem.text).end_object();
  }
  json.end_array();
}

std::string LiveView::to_json(int64_t now_ms, size_t connections) const {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("time").integer(now_ms);
  append_counters(json, connections);
  append_campaigns(json);
  json.key("screens_list");
  append_screens(json, now_ms);
  json.key("recent");
  append_recent(json);
  json.end_object();
  return out;
}

void LiveView::append_metrics(std::string& out) const {
  append_metric(out, "vitrine_interactions_total", "Interactions stored, ever", double(rows()),
                "counter");
  append_metric(out, "vitrine_duplicates_total", "Resent interactions recognised",
                double(writer_.duplicates), "counter");
  append_metric(out, "vitrine_conflicts_total", "Resends that differ from what is stored",
                double(writer_.conflicts), "counter");
  append_metric(out, "vitrine_gaps_total", "Batches refused for an undeclared hole",
                double(writer_.gaps), "counter");
  append_metric(out, "vitrine_commits_total", "Groups made durable", double(writer_.groups),
                "counter");
  append_metric(out, "vitrine_queued_rows", "Rows waiting for the writer",
                double(writer_.queued_rows), "gauge");
  append_metric(out, "vitrine_last_commit_seconds", "Duration of the newest commit",
                double(writer_.last_append_us) * 1e-6, "gauge");
  append_metric(out, "vitrine_store_full", "1 when the newest commit found no room",
                writer_.store_full ? 1 : 0, "gauge");
  append_metric(out, "vitrine_screens", "Devices that said hello and are connected",
                double(screens_.size()), "gauge");
  append_metric(out, "vitrine_screens_memory_only",
                "Of these, with no room on their own disk; they record in memory",
                double(screens_memory_only()), "gauge");
  append_metric(out, "vitrine_campaigns", "Campaigns that are served", double(campaigns_), "gauge");
  append_metric(out, "vitrine_campaigns_broken",
                "Campaigns that are broken on disk; a good one from before stays",
                double(campaign_problems_.size()), "gauge");
  append_by_reason(out, "vitrine_quarantined_total", "Interactions refused for good, by reason",
                   quarantined_by_reason_);
  append_by_reason(out, "vitrine_lost_total", "Interactions declared lost by devices, by reason",
                   lost_by_reason_);
  std::map<std::string, uint64_t> frames;
  for (const auto& [name, value] : frames_refused_) frames[std::string(name)] = value;
  append_by_reason(out, "vitrine_frames_refused_total", "Frames refused whole, by reason", frames);
}

}  // namespace vitrine
