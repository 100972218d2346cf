// SPDX-License-Identifier: MIT
// Everything of a kiosk but its window, its campaign and its loop: what the App is wired to. Opened
// step by step, in the order in which it can fail cheaply. Main thread; outlives the App.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/gfx/stb/stb_glyph_source.h"
#include "engine/platform/platform.h"
#include "engine/platform/silence.h"
#include "native/audio/sdl_audio.h"
#include "native/data_dir.h"
#include "native/image_files.h"
#include "native/key_identity.h"
#include "native/kiosk/campaign_assets.h"
#include "native/kiosk/offline_transport.h"
#include "native/lws_client.h"
#include "native/rsvg_rasterizer.h"
#include "native/speech/native_speech.h"
#include "native/sqlite_outbox_store.h"
#include "native/system_clock.h"

namespace vitrine {

class KioskSeams {
 public:
  // "": nothing lasts; the outbox is in memory.
  Status open_data(const std::string& folder);
  // Expects: `server` parses.
  Status open_network(const std::string& server, const std::string& ca_file);
  // With the one-time code. Expects: data and network are open.
  Status enrol_with(const std::string& code);
  // The key made at enrolment. Ok without a data folder.
  Status load_identity();
  Status open_fonts(const std::filesystem::path& folder);
  // From now on sounds and words are heard; without, the kiosk is silent. `clock` outlives it.
  void open_sound(const std::filesystem::path& sounds, const Clock& clock);

  // Expects: data and fonts are open. `clock` outlives the App too.
  Platform platform(Clock& clock);
  // Waits for every result that a thread owes.
  void drain();

  DataDir* data_dir() { return data_dir_.get(); }  // null without a folder
  LwsClient* client() { return client_.get(); }    // null without a network
  SqliteOutboxStore& store() { return *store_; }
  const KeyIdentity& identity() const { return identity_; }
  // What staff should hear of since the last call, for the log; "" mostly.
  std::string take_sound_problem();
  CampaignAssets& assets() { return *assets_; }  // once platform() was called

 private:
  SodiumRandom random_;
  KeyIdentity identity_;
  OfflineTransport offline_, claim_offline_;
  NoKeepsakes nothing_kept_;  // the next shopper is another one
  NoLinks nowhere_;
  NoHomeScreen no_home_;
  RsvgRasterizer rasterizer_;
  StbImageDecoder decoder_;
  SilentAudio no_audio_;
  SilentSpeech no_speech_;
  std::string speech_problem_;            // as it was told
  std::unique_ptr<SdlAudio> audio_;       // null: silent
  std::unique_ptr<NativeSpeech> speech_;  // as audio_
  std::unique_ptr<DataDir> data_dir_;
  std::unique_ptr<LwsClient> client_;
  std::unique_ptr<LwsClient> claim_client_;  // as client_: a connection of its own
  std::unique_ptr<gfx::StbGlyphSource> fonts_;
  std::unique_ptr<SqliteOutboxStore> store_;
  std::unique_ptr<CampaignAssets> assets_;
};

}  // namespace vitrine
