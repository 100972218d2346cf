// SPDX-License-Identifier: MIT
// The files of the campaign shown: from its folder, and what the folder lacks from the server, kept
// in the folder from then on, so that the next start needs no network.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/platform/assets.h"
#include "native/lws_client.h"
#include "native/worker.h"

namespace vitrine {

class CampaignAssets final : public Assets {
 public:
  // `client` is null offline; it outlives this and is polled by whoever owns it.
  explicit CampaignAssets(LwsClient* client) : client_(client) {}

  // Where the files of the campaign shown next are: a folder, and "/c/ID/" at the server or "".
  // Requests under way are answered from the old place.
  void set_source(std::filesystem::path root, std::string url_prefix);

  void request(std::string_view path, Done done) override;
  void poll() override { worker_.poll(); }
  // See Worker::drain.
  void drain() { worker_.drain(); }

 private:
  struct Source {
    std::filesystem::path root;
    std::string url_prefix;
  };
  void fetch(const Source& source, const std::string& path, Done done);
  void keep(const Source& source, const std::string& path, std::string bytes, Done done);

  LwsClient* client_;
  Source source_;
  // Answers of the network come through a client that may outlive this object.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  Worker worker_{Worker::AtEnd::FinishJobs};
};

}  // namespace vitrine
