// SPDX-License-Identifier: MIT
// The page's shell: makes the seams, opens the window on the canvas, runs the App by animation
// frames, and passes on what happens to the page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/app/app.h"
#include "engine/app/sdl_window.h"
#include "engine/protocol/claim_messages.h"
#include "wasm/canvas_glyph_source.h"
#include "wasm/orphan_sender.h"
#include "wasm/semantic_dom.h"
#include "wasm/web_assets.h"
#include "wasm/web_audio.h"
#include "wasm/web_claim.h"
#include "wasm/web_identity.h"
#include "wasm/web_outbox_store.h"
#include "wasm/web_pictures.h"
#include "wasm/web_speech.h"
#include "wasm/web_system.h"
#include "wasm/web_transport.h"

namespace vitrine::wasm {

// The numbers of js/library_page.js.
enum class PageEvent : int {
  Hidden = 0,
  Visible = 1,
  ContextLost = 2,
  ContextRestored = 3,
  PointersCancelled = 4,
  Activate = 5,      // value: semantic id
  Key = 6,           // value: app::Key
  Focus = 7,         // value: semantic id that has the focus and shows it
  FocusUnseen = 8,   // the same by a finger or a screen reader; 0: none has it
  KeyUp = 9,         // value: app::Key
  Preferences = 10,  // the system's have changed
};

// Beside the outbox's (0) and the orphans' (1).
inline constexpr int kClaimSocket = 2;

class PageShell final : private app::WindowSink {
 public:
  PageShell();
  ~PageShell() override;

  // Opens the window and asks for the campaign. On failure the plain page is shown, with the
  // reason.
  bool start();
  // One animation frame.
  void frame();
  // Network and storage alone, while no frames run.
  void poll();
  void page_event(PageEvent event, int value);
  // The page's own field over a text field was written into.
  void page_text(uint32_t id, std::string_view text, size_t caret) {
    app_->replace_text(id, text, caret);
  }

 private:
  void on_pointer(const input::PointerEvent& event) override;
  void on_key(app::Key key) override { app_->handle(key); }
  void on_resize(const app::Viewport& viewport) override;
  void on_hidden(bool) override {}  // the page itself says so earlier and more often
  void on_quit() override {}

  void request_campaign();
  void show_campaign(const Result<std::string>& json);
  void compare_campaign();
  void follow_arrival();
  void poll_seams();
  void look_for_invitation();
  void hide();
  void show();
  void report(const app::FrameReport& frame);
  void tell_words();

  WebClock clock_;
  WebRandomBytes random_;
  WebAssets assets_;
  WebTransport transport_{0};
  WebOutboxStore store_{OutboxChoice::OrphanOrNew, Channel::Outbox};
  WebIdentity identity_;
  CanvasGlyphSource glyphs_;
  WebPictures pictures_;
  WebImageDecoder images_{pictures_};
  WebVectorRasterizer vectors_{pictures_};
  WebAudio audio_;
  WebSpeech speech_;
  WebTransport claim_transport_{kClaimSocket, protocol::kClaimSubprotocol};
  WebKeepsakes keepsakes_;
  WebLinks links_;
  WebHomeScreen home_screen_;
  const Platform platform_{clock_,    random_,          assets_,    transport_, store_,
                           identity_, glyphs_,          images_,    vectors_,   audio_,
                           speech_,   claim_transport_, keepsakes_, links_,     home_screen_};
  std::unique_ptr<app::App> app_;
  std::unique_ptr<app::SdlWindow> window_;
  std::unique_ptr<OrphanSender> orphans_;
  SemanticDom dom_;
  std::string language_;  // the page was told

  bool hidden_ = false;
  bool context_ = true;
  bool campaign_came_ = false;
  bool late_ = false;             // all of the engine that does not wait behind gates
  bool whole_ = false;            // all of it
  std::string waiting_campaign_;  // begins with a scene of the last part; "": none
  std::string first_shown_;       // campaign.json, until it was compared with the host's
  bool is_stale_ = false;         // its host has another, for when nobody is engaged
  bool ready_ = false;
  int64_t retry_at_us_ = 0;  // when to ask for the campaign again; 0: not
  int64_t reported_us_ = 0;
  uint64_t frames_ = 0;
  uint64_t touches_ = 0;  // pointers that went down
};

}  // namespace vitrine::wasm
