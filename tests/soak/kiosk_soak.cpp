// SPDX-License-Identifier: MIT
// kiosk_soak: the whole App over the kiosk's real seams, touched at random for as long as asked by
// the screen's own clock (30 frames a second), as fast as it can draw; the context is lost again
// and again. Prints memory and GL objects, and fails where one of them grows after warm-up.
//
//   kiosk_soak --minutes N | --frames N  [--context-loss FRAMES, 0: never] [--seed N]
//              [--pixel-ratio R] [--samples FILE.csv (tools/soak_picture.py draws it)]
//              [--server ws://HOST:PORT/ws --data FOLDER [--enrol CODE]]
//
// Exit status: 0 steady, 1 something grows, 2 wrong use, 3 this machine lacks something.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "engine/base/json/json.h"
#include "engine/gfx/renderer.h"
#include "native/font_files.h"
#include "native/kiosk/kiosk_seams.h"
#include "scenes/scenes.h"
#include "tests/fakes/offscreen_context.h"
#include "tests/soak/growth.h"
#include "tests/soak/random_visitor.h"

using namespace vitrine;

namespace {

// Until a visitor has been everywhere once, drawings seen for the first time look like growth.
constexpr uint64_t kLeastFramesToJudge = 3000;
// A late frame every time: twice as many of the screen's minutes in one of ours.
constexpr int64_t kFrameUs = 33'333;
constexpr uint64_t kFramesPerMinute = 1800;
constexpr Size kScreen{1080, 1920};
constexpr const char* kCampaign = "assets/campaigns/lip-popup";
constexpr int kSamples = 240;
// An allocator's and a driver's own caches still move a little after warm-up.
constexpr int64_t kAllowedRssKib = 8 * 1024;
// A drawing in a size and colour that nobody saw before joins the pictures that are kept: how many
// come late is the visitor's luck, how many there can be the renderer's limit.
constexpr int64_t kAllowedTextures = gfx::kMostPictures;
constexpr int64_t kAllowedOthers = 0;

using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

struct Options {
  uint64_t frames = 0;
  uint64_t context_loss = kFramesPerMinute;
  uint64_t seed = 1;
  float pixel_ratio = 0.25f;
  std::string samples, server, data, enrol;
};

[[noreturn]] void fail(int status, const std::string& why) {
  std::fprintf(stderr, "kiosk_soak: %s\n", why.c_str());
  std::exit(status);
}

std::map<std::string, std::string> read_arguments(int argc, char** argv) {
  std::map<std::string, std::string> given;
  if (argc % 2 == 0) fail(2, "every option needs a value");
  for (int i = 1; i < argc; i += 2) given[argv[i]] = argv[i + 1];
  return given;
}

uint64_t minutes_of(const std::string& value) {
  return static_cast<uint64_t>(std::atof(value.c_str()) * kFramesPerMinute);
}

Options parse(int argc, char** argv) {
  Options options;
  for (const auto& [name, value] : read_arguments(argc, argv)) {
    if (name == "--minutes")
      options.frames = minutes_of(value);
    else if (name == "--frames")
      options.frames = std::strtoull(value.c_str(), nullptr, 10);
    else if (name == "--context-loss")
      options.context_loss = std::strtoull(value.c_str(), nullptr, 10);
    else if (name == "--seed")
      options.seed = std::strtoull(value.c_str(), nullptr, 10);
    else if (name == "--pixel-ratio")
      options.pixel_ratio = std::strtof(value.c_str(), nullptr);
    else if (name == "--samples")
      options.samples = value;
    else if (name == "--server")
      options.server = value;
    else if (name == "--data")
      options.data = value;
    else if (name == "--enrol")
      options.enrol = value;
    else
      fail(2, "unknown option " + name);
  }
  if (options.frames == 0) fail(2, "give --minutes or --frames");
  if (!(options.pixel_ratio >= 0.05f && options.pixel_ratio <= 2))
    fail(2, "--pixel-ratio: 0.05 to 2");
  if (!options.server.empty() && options.data.empty()) fail(2, "--server needs --data");
  return options;
}

void expect(const Status& status) {
  if (!status.ok()) fail(3, status.message());
}

int64_t resident_kib() {
  std::ifstream statm("/proc/self/statm");
  int64_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * sysconf(_SC_PAGESIZE) / 1024;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Everything a kiosk has but the window, whose context can be lost here.
class Screen {
 public:
  explicit Screen(const Options& options) {
    open_seams(options);
    context_ =
        test::OffscreenContext::create(static_cast<int>(kScreen.width * options.pixel_ratio),
                                       static_cast<int>(kScreen.height * options.pixel_ratio));
    if (context_ == nullptr) fail(3, "no GLES 3 (apt-get install libgl1-mesa-dri)");
    create_app(options);
  }

  void frame() {
    clock_.advance(kFrameUs);
    app_->poll();
    app_->frame();
    context_->swap();
  }
  void lose_context() {
    app_->context_lost();
    context_->replace();
    app_->context_created();
  }
  // Commits what was recorded and gives the server time to settle it.
  void finish() {
    app_->pause();
    const auto end = SteadyClock::now() + Seconds(seams_.client() != nullptr ? 10 : 1);
    while (SteadyClock::now() < end && figure("outbox_rows") > 0) {
      clock_.advance(1000);
      app_->poll();
      usleep(1000);
    }
  }
  int64_t figure(const char* name) {
    const std::string text = app_->statistics_json();
    statistics_.parse(text);
    return statistics_.root().find(name).integer().value_or(-1);
  }
  int64_t now_us() const { return clock_.monotonic_us(); }
  app::App& app() { return *app_; }

 private:
  void open_seams(const Options& options) {
    const bool is_online = !options.server.empty();
    expect(seams_.open_data(is_online ? options.data : ""));
    if (is_online) expect(seams_.open_network(options.server, ""));
    if (!options.enrol.empty()) expect(seams_.enrol_with(options.enrol));
    expect(seams_.load_identity());
    expect(seams_.open_fonts(default_font_folder()));
  }

  void create_app(const Options& options) {
    app::AppOptions app;
    app.mode = "test";
    app.build = VITRINE_VERSION;
    app.seed = options.seed;
    app.online = seams_.client() != nullptr;
    app_ = app::App::create(seams_.platform(clock_), app, scenes::all_kinds());
    seams_.assets().set_source(kCampaign, "");
    app_->context_created();
    app::Viewport viewport;
    viewport.size = kScreen;
    viewport.pixel_ratio = options.pixel_ratio;
    app_->resize(viewport);
    expect(
        app_->show_campaign(read_file(std::string(kCampaign) + "/campaign.json"), "campaign.json"));
  }

  VirtualClock clock_;
  KioskSeams seams_;
  std::unique_ptr<test::OffscreenContext> context_;
  std::unique_ptr<app::App> app_;
  JsonDocument statistics_;
};

constexpr const char* kSampleHead = "seconds,touches,contexts_lost,rss_kib,gl_textures,gl_others";

struct Figures {
  soak::Growth rss{"rss_kib", kAllowedRssKib};
  soak::Growth textures{"gl_textures", kAllowedTextures};
  // Textures of which no picture that is kept knows: letters, backgrounds, and what leaks.
  soak::Growth unkept{"gl_textures without pictures", kAllowedOthers};
  soak::Growth others{"gl_others", kAllowedOthers};

  void sample(Screen& screen) {
    rss.sample(resident_kib());
    textures.sample(screen.figure("gl_textures"));
    unkept.sample(textures.last() - screen.figure("gl_pictures"));
    others.sample(screen.figure("gl_others"));
  }
  // A line of `out`, whose head is kSampleHead.
  void write(std::ofstream& out) const {
    out << rss.last() << ',' << textures.last() << ',' << others.last() << std::endl;
  }
  bool grow() const { return rss.grows() || textures.grows() || unkept.grows() || others.grows(); }
};

class Soak {
 public:
  explicit Soak(const Options& options)
      : options_(options), screen_(options), visitor_(screen_.app(), kScreen, options.seed) {
    if (options.samples.empty()) return;
    samples_file_.open(options.samples);
    samples_file_ << kSampleHead << std::endl;
    if (!samples_file_) fail(2, "--samples: cannot write " + options.samples);
  }

  int run() {
    while (frames_ < options_.frames) {
      ++frames_;
      visitor_.act(screen_.now_us());
      screen_.frame();
      if (frames_ * kSamples >= options_.frames * (samples_ + 1)) sample();
      if (options_.context_loss != 0 && frames_ % options_.context_loss == 0) lose_context();
    }
    screen_.finish();
    return report();
  }

 private:
  void lose_context() {
    visitor_.cancel_all(screen_.now_us());
    screen_.lose_context();
    ++losses_;
  }
  void sample() {
    ++samples_;
    figures_.sample(screen_);
    samples_file_ << frames_ * 60 / kFramesPerMinute << ',' << visitor_.touches() << ',' << losses_
                  << ',';
    figures_.write(samples_file_);
    std::printf(
        "%3llu/%d  frames %llu  touches %llu  rss %lld KiB  textures %lld  other GL %lld  held "
        "%lld\n",
        static_cast<unsigned long long>(samples_), kSamples,
        static_cast<unsigned long long>(frames_),
        static_cast<unsigned long long>(visitor_.touches()),
        static_cast<long long>(figures_.rss.last()),
        static_cast<long long>(figures_.textures.last()),
        static_cast<long long>(figures_.others.last()),
        static_cast<long long>(screen_.figure("outbox_rows")));
    std::fflush(stdout);
  }
  int report() {
    std::printf("frames %llu, touches %llu, contexts lost %d\n%s\n",
                static_cast<unsigned long long>(frames_),
                static_cast<unsigned long long>(visitor_.touches()), losses_,
                screen_.app().statistics_json().c_str());
    for (const soak::Growth* figure :
         {&figures_.rss, &figures_.textures, &figures_.unkept, &figures_.others}) {
      std::printf("%s\n", figure->report().c_str());
    }
    if (frames_ < kLeastFramesToJudge) {
      std::printf("%llu frames are too few to judge growth by; it ran and ended well\n",
                  static_cast<unsigned long long>(frames_));
      return 0;
    }
    return figures_.grow() ? 1 : 0;
  }

  const Options options_;
  Screen screen_;
  soak::RandomVisitor visitor_;
  Figures figures_;
  std::ofstream samples_file_;
  uint64_t frames_ = 0;
  uint64_t samples_ = 0;
  int losses_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  return Soak(parse(argc, argv)).run();
}
