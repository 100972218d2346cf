// SPDX-License-Identifier: MIT
#include "wasm/orphan_sender.h"

#include <optional>
#include <utility>

#include "engine/protocol/limits.h"

namespace vitrine::wasm {
namespace {

constexpr int64_t kFirstSearchUs = 5'000'000;  // not while the page is still coming up
constexpr int64_t kSearchUs = 60'000'000;
constexpr int kSocketId = 1;  // the App's own is 0
// Nothing is ever recorded into an orphan; the least a Recorder takes.
constexpr size_t kRecorderBytes = 2 * protocol::kMaxRowBytes;

// Hands the Outbox what was loaded before it existed: an Outbox is made only once an orphan was
// found, else it would begin a new incarnation of its own.
class AdoptedStore final : public OutboxStore {
 public:
  AdoptedStore(WebOutboxStore& store, OutboxContents contents)
      : store_(store), contents_(std::move(contents)) {}

  void load(Loaded loaded) override { loaded_ = std::move(loaded); }
  void commit(OutboxChange change, Committed committed) override {
    store_.commit(std::move(change), std::move(committed));
  }
  OutboxDurability durability() const override { return store_.durability(); }
  void poll() override {
    if (const Loaded loaded = std::exchange(loaded_, nullptr)) loaded(std::move(contents_));
    store_.poll();
  }

 private:
  WebOutboxStore& store_;
  OutboxContents contents_;
  Loaded loaded_;
};

}  // namespace

struct OrphanSender::Job {
  explicit Job(const Clock& clock) : recorder(clock, kRecorderBytes) {
    found.load([this](Result<OutboxContents> loaded) {
      none = !loaded.ok();
      if (loaded.ok()) contents = std::move(loaded.value());
    });
  }

  void adopt(const Platform& platform, const telemetry::OutboxOptions& options) {
    store = std::make_unique<AdoptedStore>(found, std::move(*contents));
    contents.reset();
    const telemetry::OutboxSeams seams{platform.clock, platform.random, platform.identity,
                                       transport, *store};
    outbox = std::make_unique<telemetry::Outbox>(seams, options, recorder);
  }

  bool is_sent() const {
    return outbox && outbox->statistics().connections > 0 && outbox->is_settled() &&
           outbox->is_stored();
  }

  WebOutboxStore found{OutboxChoice::OrphanOnly, Channel::OrphanOutbox};
  bool none = false;
  std::optional<OutboxContents> contents;
  WebTransport transport{kSocketId};
  telemetry::Recorder recorder;
  std::unique_ptr<AdoptedStore> store;
  std::unique_ptr<telemetry::Outbox> outbox;
};

OrphanSender::OrphanSender(const Platform& platform, telemetry::OutboxOptions options)
    : platform_(platform),
      options_(std::move(options)),
      next_search_us_(platform.clock.monotonic_us() + kFirstSearchUs) {}

OrphanSender::~OrphanSender() = default;

void OrphanSender::begin() {
  next_search_us_ = platform_.clock.monotonic_us() + kSearchUs;
  job_ = std::make_unique<Job>(platform_.clock);
}

void OrphanSender::poll() {
  if (!job_) {
    if (platform_.clock.monotonic_us() >= next_search_us_) begin();
    return;
  }
  if (job_->outbox) {
    job_->outbox->poll();
  } else {
    job_->found.poll();
    if (job_->contents) job_->adopt(platform_, options_);
  }
  if (job_->none) {
    job_.reset();
  } else if (job_->is_sent()) {
    job_->found.discard();
    job_.reset();
    next_search_us_ = platform_.clock.monotonic_us();  // there may be another
  }
}

void OrphanSender::flush() {
  if (job_ && job_->outbox) job_->outbox->flush();
}

}  // namespace vitrine::wasm
