// SPDX-License-Identifier: MIT
#include "server/store/memory_store.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace vitrine {
namespace {

constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;

// What the store and its readers share.
struct Contents {
  std::mutex mutex;  // protects all below
  std::map<std::pair<std::string, Id128>, StreamState> streams;
  std::vector<StoredRow> rows;
  std::vector<StoredQuarantine> quarantined;
  std::vector<StoredLoss> losses;
  StoreCounters counters;
};

std::optional<StreamState> find(const Contents& contents, std::string_view device,
                                const Id128& incarnation) {
  const auto found = contents.streams.find({std::string(device), incarnation});
  if (found == contents.streams.end()) return std::nullopt;
  return found->second;
}

// Items are in the order of their positions; the first behind `after`.
template <typename Item>
size_t index_behind(const std::vector<Item>& items, uint64_t after) {
  const auto first = std::upper_bound(
      items.begin(), items.end(), after,
      [](uint64_t position, const Item& item) { return position < item.position; });
  return static_cast<size_t>(first - items.begin());
}

template <typename Item>
uint64_t copy_behind(const std::vector<Item>& items, uint64_t after, size_t limit,
                     std::vector<Item>& out) {
  out.clear();
  size_t index = index_behind(items, after);
  for (; index < items.size() && out.size() < limit; ++index) out.push_back(items[index]);
  return out.empty() ? after : out.back().position;
}

bool passes(const StoredRow& row, const ReadFilter& filter) {
  if (filter.campaign && row.campaign != *filter.campaign) return false;
  if (filter.received_since && row.received_time < *filter.received_since) return false;
  return !filter.received_until || row.received_time < *filter.received_until;
}

class MemoryReader final : public StoreReader {
 public:
  explicit MemoryReader(std::shared_ptr<Contents> contents) : contents_(std::move(contents)) {}

  Result<uint64_t> read_rows(uint64_t after, size_t limit, const ReadFilter& filter,
                             std::vector<StoredRow>& rows) override {
    const std::lock_guard lock(contents_->mutex);
    rows.clear();
    size_t index = index_behind(contents_->rows, after);
    const size_t end = std::min(contents_->rows.size(), index + limit);
    if (index == end) return after;
    const uint64_t last = contents_->rows[end - 1].position;
    for (; index < end; ++index) {
      if (passes(contents_->rows[index], filter)) rows.push_back(contents_->rows[index]);
    }
    return last;
  }

  Result<uint64_t> read_quarantine(uint64_t after, size_t limit,
                                   std::vector<StoredQuarantine>& rows) override {
    const std::lock_guard lock(contents_->mutex);
    return copy_behind(contents_->quarantined, after, limit, rows);
  }

  Result<uint64_t> read_losses(uint64_t after, size_t limit,
                               std::vector<StoredLoss>& losses) override {
    const std::lock_guard lock(contents_->mutex);
    return copy_behind(contents_->losses, after, limit, losses);
  }

  Status read_newest(size_t limit, std::vector<StoredRow>& rows) override {
    const std::lock_guard lock(contents_->mutex);
    const size_t count = std::min(limit, contents_->rows.size());
    rows.assign(contents_->rows.rbegin(), contents_->rows.rbegin() + static_cast<long>(count));
    return {};
  }

  Result<StoreCounters> counters() override {
    const std::lock_guard lock(contents_->mutex);
    return contents_->counters;
  }

  Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                 const Id128& incarnation) override {
    const std::lock_guard lock(contents_->mutex);
    return find(*contents_, device, incarnation);
  }

 private:
  std::shared_ptr<Contents> contents_;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryStoreOptions options)
      : options_(std::move(options)), contents_(std::make_shared<Contents>()) {}

  Status append(Group& group) override {
    Status status = check_group(group);
    if (status.ok() && options_.before_append) status = options_.before_append(group);
    if (!status.ok()) return status;
    const std::lock_guard lock(contents_->mutex);
    status = check_marks(group);
    if (!status.ok()) return status;
    move_marks(group);
    for (const RowToStore& row : group.rows) add_row(group.streams[row.update], row);
    for (const QuarantinedRow& row : group.quarantined)
      add_quarantined(group.streams[row.update], row);
    for (const LossRange& loss : group.losses) add_loss(group.streams[loss.update], loss);
    return {};
  }

  Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                 const Id128& incarnation) override {
    const std::lock_guard lock(contents_->mutex);
    return find(*contents_, device, incarnation);
  }

  Status read_stream_tail(StreamNumber stream, size_t limit,
                          std::vector<StoredRow>& rows) override {
    const std::lock_guard lock(contents_->mutex);
    rows.clear();
    for (auto row = contents_->rows.rbegin(); row != contents_->rows.rend(); ++row) {
      const std::optional<StreamState> state = find(*contents_, row->device, row->incarnation);
      if (rows.size() < limit && state && state->stream == stream) rows.push_back(*row);
    }
    return {};
  }

  Result<size_t> retire(const RetentionPolicy& policy, int64_t now_ms, size_t max_rows) override {
    const std::lock_guard lock(contents_->mutex);
    size_t removed = 0;
    auto expired = [&](int64_t received, std::string_view campaign) {
      if (removed >= max_rows) return false;
      if (received >= now_ms - policy.days_for(campaign) * kDayMs) return false;
      ++removed;
      return true;
    };
    std::erase_if(contents_->rows,
                  [&](const StoredRow& row) { return expired(row.received_time, row.campaign); });
    contents_->counters.retired += removed;
    std::erase_if(contents_->quarantined,
                  [&](const StoredQuarantine& row) { return expired(row.received_time, ""); });
    return removed;
  }

  Result<std::unique_ptr<StoreReader>> open_reader() override {
    return std::unique_ptr<StoreReader>(std::make_unique<MemoryReader>(contents_));
  }

 private:
  Status check_marks(const Group& group) const {
    for (const StreamUpdate& update : group.streams) {
      const std::optional<StreamState> state = find(*contents_, update.device, update.incarnation);
      if ((state ? state->mark : 0) != update.mark_before) {
        return {StatusCode::Unavailable, "append: another writer moved a mark"};
      }
    }
    return {};
  }

  void move_marks(Group& group) {
    for (StreamUpdate& update : group.streams) {
      StreamState& state = contents_->streams[{std::string(update.device), update.incarnation}];
      if (state.stream == 0) state.stream = static_cast<StreamNumber>(contents_->streams.size());
      state.mark = update.mark_after;
      update.stream = state.stream;
    }
    contents_->counters.streams = contents_->streams.size();
  }

  void add_row(const StreamUpdate& stream, const RowToStore& row) {
    StoredRow stored;
    stored.position = ++contents_->counters.rows;
    stored.device = stream.device;
    stored.incarnation = stream.incarnation;
    stored.sequence = row.sequence;
    stored.device_time = row.device_time;
    stored.sent_time = row.sent_time;
    stored.received_time = row.received_time;
    stored.mode = row.mode;
    stored.session = row.session;
    stored.type = row.type;
    stored.campaign = row.campaign;
    stored.brand = row.brand;
    stored.scene = row.scene;
    stored.data = row.data;
    ++contents_->counters.rows_by_type[stored.type];
    contents_->rows.push_back(std::move(stored));
  }

  void add_quarantined(const StreamUpdate& stream, const QuarantinedRow& row) {
    const uint64_t position = ++contents_->counters.quarantined;
    ++contents_->counters.quarantined_by_reason[std::string(row.reason)];
    contents_->quarantined.push_back({position, std::string(stream.device), stream.incarnation,
                                      row.sequence, row.received_time, std::string(row.reason),
                                      std::string(row.row)});
  }

  void add_loss(const StreamUpdate& stream, const LossRange& loss) {
    const uint64_t rows = loss.last - loss.first + 1;
    contents_->counters.lost += rows;
    contents_->counters.lost_by_reason[std::string(loss.reason)] += rows;
    contents_->losses.push_back({contents_->losses.size() + 1, std::string(stream.device),
                                 stream.incarnation, loss.first, loss.last, loss.received_time,
                                 std::string(loss.reason), std::string(loss.count_by_type)});
  }

  MemoryStoreOptions options_;
  std::shared_ptr<Contents> contents_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(MemoryStoreOptions options) {
  return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace vitrine
