// SPDX-License-Identifier: MIT
#include "wasm/page_outbox.h"

#include <string_view>
#include <utility>

#include "wasm/orphan_sender.h"
#include "wasm/web_outbox_store.h"
#include "wasm/web_transport.h"

namespace vitrine::wasm {
namespace {

telemetry::OutboxOptions orphan_options(const telemetry::OutboxOptions& own) {
  telemetry::OutboxOptions options;
  options.build = own.build;
  options.max_bytes = own.max_bytes;
  return options;
}

class PageOutbox final : public telemetry::RecordKeeper {
 public:
  PageOutbox(const Platform& platform, telemetry::OutboxOptions options,
             telemetry::Recorder& recorder)
      : platform_(platform),
        orphans_(platform_, orphan_options(options)),
        own_({platform_.clock, platform_.random, platform_.identity, transport_, store_},
             std::move(options), recorder) {}

  void poll() override {
    own_.poll();
    orphans_.poll();
  }
  void flush() override {
    own_.flush();
    orphans_.flush();
  }
  void set_campaign(std::string_view campaign) override { own_.set_campaign(campaign); }
  bool is_stored() const override { return own_.is_stored(); }
  bool is_settled() const override { return own_.is_settled(); }
  telemetry::OutboxStatistics statistics() const override { return own_.statistics(); }

 private:
  const Platform platform_;
  WebTransport transport_{0};
  WebOutboxStore store_{OutboxChoice::OrphanOrNew, Channel::Outbox};
  OrphanSender orphans_;
  telemetry::Outbox own_;
};

}  // namespace

std::unique_ptr<telemetry::RecordKeeper> make_page_outbox(const Platform& platform,
                                                          telemetry::OutboxOptions options,
                                                          telemetry::Recorder& recorder) {
  return std::make_unique<PageOutbox>(platform, std::move(options), recorder);
}

}  // namespace vitrine::wasm
