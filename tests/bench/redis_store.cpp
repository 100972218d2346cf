// SPDX-License-Identifier: MIT
#include "tests/bench/redis_store.h"

#include <hiredis/hiredis.h>

#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/redis_command.h"

namespace vitrine::bench {
namespace {

struct CloseContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, CloseContext>;
using Reply = std::unique_ptr<redisReply, FreeReply>;

// One pipelined connection: what is added goes out with send() and is answered in finish().
class Pipeline {
 public:
  explicit Pipeline(uint16_t port) : context_(redisConnect("127.0.0.1", port)) {}

  bool is_connected() const { return context_ && context_->err == 0; }

  void add(const std::string& commands, int replies) {
    redisAppendFormattedCommand(context_.get(), commands.data(), commands.size());
    replies_ += replies;
  }

  bool send() {
    int done = 0;
    while (done == 0) {
      if (redisBufferWrite(context_.get(), &done) != REDIS_OK) return false;
    }
    return true;
  }

  // Reads all answers, whatever they say; false when one was an error.
  bool finish() {
    bool good = true;
    for (; replies_ > 0; --replies_) {
      const Reply reply = next();
      if (!reply) return false;
      good = good && reply->type != REDIS_REPLY_ERROR;
    }
    return good;
  }

  Reply next() {
    void* reply = nullptr;
    if (redisGetReply(context_.get(), &reply) != REDIS_OK) return nullptr;
    return Reply(static_cast<redisReply*>(reply));
  }

 private:
  Context context_;
  int replies_ = 0;
};

class RedisStore final : public Store {
 public:
  explicit RedisStore(const RedisStoreOptions& options) : options_(options) {
    for (int i = 0; i < options.connections; ++i) pipelines_.emplace_back(options.port);
    commands_.resize(pipelines_.size());
  }

  bool is_connected() const {
    for (const Pipeline& pipeline : pipelines_) {
      if (!pipeline.is_connected()) return false;
    }
    return true;
  }

  Status append(Group& group) override {
    Status status = check_group(group);
    if (status.ok()) status = check_marks(group);
    if (!status.ok()) return status;
    const bool stored = options_.marks == RedisMarks::Stored;
    if (stored) add("*1\r\n$5\r\nMULTI\r\n");
    for (const RowToStore& row : group.rows) add_row(group, row);
    for (const QuarantinedRow& row : group.quarantined) add_quarantined(group, row);
    for (const LossRange& loss : group.losses) add_loss(group, loss);
    if (stored) add_marks(group);
    if (stored) add("*1\r\n$4\r\nEXEC\r\n");
    if (!exchange()) return {StatusCode::Unavailable, "append: Redis refused or is gone"};
    move_marks(group);
    return {};
  }

  Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                 const Id128& incarnation) override {
    const auto found = streams_.find({std::string(device), incarnation});
    if (found != streams_.end()) return std::optional<StreamState>(found->second);
    if (options_.marks == RedisMarks::InMemory) return std::optional<StreamState>();
    return read_mark(device, incarnation);
  }

  Status read_stream_tail(StreamNumber, size_t, std::vector<StoredRow>& rows) override {
    rows.clear();
    return {};
  }

  Result<size_t> retire(const RetentionPolicy&, int64_t, size_t) override { return size_t{0}; }

  Result<std::unique_ptr<StoreReader>> open_reader() override {
    return Status(StatusCode::NotFound, "a store for benchmarks: nobody reads it");
  }

 private:
  struct Commands {
    std::string text;
    int count = 0;
  };

  Status check_marks(const Group& group) {
    for (const StreamUpdate& update : group.streams) {
      const Result<std::optional<StreamState>> state =
          find_stream(update.device, update.incarnation);
      if (!state.ok()) return state.status();
      if ((state.value() ? state.value()->mark : 0) != update.mark_before) {
        return {StatusCode::Unavailable, "append: another writer moved a mark"};
      }
    }
    return {};
  }

  void add(std::string_view command) {
    commands_[0].text.append(command);
    ++commands_[0].count;
  }

  // A stream's rows stay on one connection and so in order.
  void add_row(const Group& group, const RowToStore& row) {
    Commands& commands = commands_[row.update % commands_.size()];
    if (options_.row == RedisRow::Fields) {
      append_xadd_fields(commands.text, group.streams[row.update], row);
    } else {
      append_xadd_packed(commands.text, group.streams[row.update], row, packed_);
    }
    ++commands.count;
  }

  void add_quarantined(const Group& group, const QuarantinedRow& row) {
    Commands& commands = commands_[row.update % commands_.size()];
    append_xadd_quarantined(commands.text, group.streams[row.update], row);
    ++commands.count;
  }

  void add_loss(const Group& group, const LossRange& loss) {
    Commands& commands = commands_[loss.update % commands_.size()];
    append_xadd_loss(commands.text, group.streams[loss.update], loss);
    ++commands.count;
  }

  void add_marks(const Group& group) {
    for (const StreamUpdate& update : group.streams) {
      append_command(commands_[0].text,
                     {"HSET", "marks", mark_key(update.device, update.incarnation),
                      std::to_string(update.mark_after)});
      ++commands_[0].count;
    }
  }

  // All are sent before the first answer is read: Redis works on one while we send the next.
  bool exchange() {
    bool good = true;
    for (size_t i = 0; i < pipelines_.size(); ++i) {
      pipelines_[i].add(commands_[i].text, commands_[i].count);
      good = pipelines_[i].send() && good;
      commands_[i].text.clear();
      commands_[i].count = 0;
    }
    for (Pipeline& pipeline : pipelines_) good = pipeline.finish() && good;
    return good;
  }

  void move_marks(Group& group) {
    for (StreamUpdate& update : group.streams) {
      StreamState& state = streams_[{std::string(update.device), update.incarnation}];
      if (state.stream == 0) state.stream = static_cast<StreamNumber>(streams_.size());
      state.mark = update.mark_after;
      update.stream = state.stream;
    }
  }

  Result<std::optional<StreamState>> read_mark(std::string_view device, const Id128& incarnation) {
    std::string command;
    append_command(command, {"HGET", "marks", mark_key(device, incarnation)});
    pipelines_[0].add(command, 0);
    const Reply reply = pipelines_[0].next();
    if (!reply || reply->type == REDIS_REPLY_ERROR) {
      return Status(StatusCode::Unavailable, "find stream: Redis is gone");
    }
    if (reply->type != REDIS_REPLY_STRING) return std::optional<StreamState>();
    StreamState& state = streams_[{std::string(device), incarnation}];
    state.stream = static_cast<StreamNumber>(streams_.size());
    state.mark = std::strtoull(reply->str, nullptr, 10);
    return std::optional<StreamState>(state);
  }

  RedisStoreOptions options_;
  std::vector<Pipeline> pipelines_;
  std::vector<Commands> commands_;  // of each pipeline
  std::string packed_;              // scratch
  std::map<std::pair<std::string, Id128>, StreamState> streams_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_redis_store(const RedisStoreOptions& options) {
  auto store = std::make_unique<RedisStore>(options);
  if (!store->is_connected()) return Status(StatusCode::Unavailable, "Redis does not answer");
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace vitrine::bench
