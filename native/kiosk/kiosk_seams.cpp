// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk_seams.h"

#include <utility>

#include "engine/protocol/claim_messages.h"
#include "native/enrol.h"
#include "native/font_files.h"

namespace vitrine {

Status KioskSeams::open_data(const std::string& folder) {
  SqliteOutboxOptions outbox;
  outbox.file = ":memory:";
  if (!folder.empty()) {
    Result<std::unique_ptr<DataDir>> data = DataDir::open(folder);
    if (!data.ok()) return data.status();
    data_dir_ = std::move(data).value();
    outbox.file = data_dir_->path() / "outbox.sqlite3";
  }
  store_ = std::make_unique<SqliteOutboxStore>(outbox);
  return {};
}

Status KioskSeams::open_network(const std::string& server, const std::string& ca_file) {
  LwsClientOptions options;
  options.server = ServerAddress::parse(server).value();
  options.ca_file = ca_file;
  Result<std::unique_ptr<LwsClient>> opened = LwsClient::create(options);
  if (!opened.ok()) return opened.status();
  client_ = std::move(opened).value();
  options.subprotocol = protocol::kClaimSubprotocol;
  Result<std::unique_ptr<LwsClient>> claims = LwsClient::create(options);
  if (!claims.ok()) return claims.status();
  claim_client_ = std::move(claims).value();
  return {};
}

Status KioskSeams::enrol_with(const std::string& code) {
  return enrol(*client_, code, data_dir_->path());
}

Status KioskSeams::load_identity() {
  return data_dir_ == nullptr ? Status() : identity_.load(data_dir_->path());
}

Status KioskSeams::open_fonts(const std::filesystem::path& folder) {
  Result<std::unique_ptr<gfx::StbGlyphSource>> fonts = load_fonts(folder);
  if (!fonts.ok()) return fonts.status();
  fonts_ = std::move(fonts).value();
  return {};
}

void KioskSeams::open_sound(const std::filesystem::path& sounds, const Clock& clock) {
  audio_ = std::make_unique<SdlAudio>(sounds, clock);
  speech_ = std::make_unique<NativeSpeech>(*audio_, clock);
}

std::string KioskSeams::take_sound_problem() {
  if (audio_ == nullptr) return {};
  std::string problem = audio_->take_problem();
  if (!problem.empty() || speech_->problem() == speech_problem_) return problem;
  return speech_problem_ = speech_->problem();
}

Platform KioskSeams::platform(Clock& clock) {
  assets_ = std::make_unique<CampaignAssets>(client_.get());
  Transport* transport = &offline_;
  if (client_ != nullptr) transport = client_.get();
  Transport* claim_transport = &claim_offline_;
  if (claim_client_ != nullptr) claim_transport = claim_client_.get();
  AudioOutput* audio = &no_audio_;
  if (audio_ != nullptr) audio = audio_.get();
  Speech* speech = &no_speech_;
  if (speech_ != nullptr) speech = speech_.get();
  return {clock,     random_,          *assets_,      *transport,  *store_,
          identity_, *fonts_,          decoder_,      rasterizer_, *audio,
          *speech,   *claim_transport, nothing_kept_, nowhere_,    no_home_};
}

void KioskSeams::drain() {
  assets_->drain();
  decoder_.drain();
  rasterizer_.drain();
  store_->drain();
}

}  // namespace vitrine
