// SPDX-License-Identifier: MIT
// A shopper's way through the sample campaign at 60 frames a second, over the kiosk's own seams:
// what a frame takes until the graphics card has drawn it, in each scene at rest and on the way to
// the next, pictures and letters seen for the first time included, and which effects the quality
// ladder left out meanwhile.
//   journey_bench [ROUNDS [WIDTHxHEIGHT [PIXEL_RATIO]]]
#include <GLES3/gl3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "engine/app/app.h"
#include "native/font_files.h"
#include "native/kiosk/kiosk_seams.h"
#include "scenes/scenes.h"
#include "tests/bench/figures.h"
#include "tests/fakes/offscreen_context.h"

namespace vitrine {
namespace {

constexpr const char* kCampaign = "assets/campaigns/lip-popup";
constexpr double kFrameSeconds = 1.0 / 60;
constexpr double kRestSeconds = 3;
constexpr double kPressSeconds = 0.1;
constexpr double kPatienceSeconds = 30;  // until a scene's pictures are there

struct Step {
  const char* scene;
  const char* button;    // that leads on; null: the journey's end
  double way_seconds;    // what follows it
  const char* way_name;  // as the table calls it
};

// Nothing can be claimed here: what is taken leads straight on to thanks.
constexpr Step kJourney[] = {{"attract", "start", 1.5, "attract to wall"},
                             {"wall", "open", 1.5, "wall to product"},
                             {"product", "take", 4.2, "product to thanks"},
                             {"thanks", nullptr, 0, ""}};

struct Screen {
  int width = 1080, height = 1920;  // points
  float pixel_ratio = 1;

  int pixel_width() const { return static_cast<int>(static_cast<float>(width) * pixel_ratio); }
  int pixel_height() const { return static_cast<int>(static_cast<float>(height) * pixel_ratio); }
};

// Of the frames of one part of the journey, milliseconds.
struct Part {
  std::string name;
  std::vector<double> frames;
  bench::Series p50, worst;

  void end_round() {
    if (frames.empty()) return;
    std::sort(frames.begin(), frames.end());
    p50.add(frames[frames.size() / 2]);
    worst.add(frames.back());
    frames.clear();
  }
};

struct Figures {
  std::vector<Part> parts;
  bench::Series handed_p50;  // until everything is handed to GL
  bench::Series late, rung;

  Part& part(const std::string& name) {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&name](const Part& part) { return part.name == name; });
    if (found != parts.end()) return *found;
    return parts.emplace_back(Part{name, {}, {}, {}});
  }
};

// A kiosk without its window, whose frames are waited for.
class Shopper {
 public:
  Shopper(const Screen& screen, Figures& figures) : screen_(screen), figures_(figures) {}

  // What is missing on this machine, "" when nothing.
  std::string open() {
    if (!seams_.open_data("").ok() || !seams_.load_identity().ok()) return "no outbox";
    if (!seams_.open_fonts(default_font_folder()).ok()) return "no fonts";
    context_ = test::OffscreenContext::create(screen_.pixel_width(), screen_.pixel_height());
    if (context_ == nullptr) return "no GLES 3";
    app::AppOptions options;
    options.mode = "test";
    options.seed = 1;
    options.online = false;
    app_ = app::App::create(seams_.platform(clock_), options, scenes::all_kinds());
    seams_.assets().set_source(kCampaign, "");
    app_->context_created();
    app::Viewport viewport;
    viewport.size = {static_cast<float>(screen_.width), static_cast<float>(screen_.height)};
    viewport.pixel_ratio = screen_.pixel_ratio;
    app_->resize(viewport);
    std::ifstream file(std::string(kCampaign) + "/campaign.json", std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    const Status shown = app_->show_campaign(json, "campaign.json");
    return shown.ok() ? "" : shown.message();
  }

  // Why it did not arrive, "" when it did.
  std::string walk() {
    last_ = next_ = bench::now_seconds();
    for (const Step& step : kJourney) {
      if (!settle()) return std::string(step.scene) + ": its pictures do not come";
      play(step.scene, kRestSeconds);
      if (step.button == nullptr) break;
      const ui::SemanticNode* button = app_->semantics().find(step.button);
      if (button == nullptr) return std::string(step.scene) + ": no button " + step.button;
      const Vec2 finger = button->bounds.center();
      touch(input::PointerPhase::Down, finger);
      play(step.way_name, kPressSeconds);
      touch(input::PointerPhase::Up, finger);
      play(step.way_name, step.way_seconds);
    }
    std::sort(handed_.begin(), handed_.end());
    figures_.handed_p50.add(handed_[handed_.size() / 2]);
    figures_.late.add(late_);
    figures_.rung.add(rung_);
    for (Part& part : figures_.parts) part.end_round();
    return "";
  }

 private:
  void touch(input::PointerPhase phase, Vec2 position) {
    app_->handle(input::PointerEvent{1, phase, position, clock_.monotonic_us(), 1});
  }

  bool settle() {
    const double end = bench::now_seconds() + kPatienceSeconds;
    do {
      frame(nullptr);
      if (report_.pending_images == 0 && report_.pending_glyphs == 0) return true;
    } while (bench::now_seconds() < end);
    return false;
  }

  void play(const char* name, double seconds) {
    Part& part = figures_.part(name);
    const double end = bench::now_seconds() + seconds;
    while (bench::now_seconds() < end) frame(&part);
  }

  // One, and the wait for the next. The clock is the system's, of no hour: shops close by night.
  void frame(Part* part) {
    const double start = bench::now_seconds();
    clock_.advance(static_cast<int64_t>((start - last_) * 1e6));
    last_ = start;
    app_->poll();
    report_ = app_->frame();
    handed_.push_back(1000 * (bench::now_seconds() - start));
    glFinish();
    const double seconds = bench::now_seconds() - start;
    rung_ = std::max(rung_, app_->quality().rung());
    if (seconds > kFrameSeconds) ++late_;
    if (part != nullptr) part->frames.push_back(1000 * seconds);
    context_->swap();
    next_ = std::max(next_ + kFrameSeconds, bench::now_seconds());
    std::this_thread::sleep_for(std::chrono::duration<double>(next_ - bench::now_seconds()));
  }

  const Screen& screen_;
  Figures& figures_;
  VirtualClock clock_;
  KioskSeams seams_;
  std::unique_ptr<test::OffscreenContext> context_;
  std::unique_ptr<app::App> app_;
  app::FrameReport report_;
  std::vector<double> handed_;
  double last_ = 0, next_ = 0;  // when the last frame began and the next one may, seconds
  uint32_t late_ = 0;
  uint32_t rung_ = 0;  // the furthest down
};

void print(const Screen& screen, const std::string& renderer, const Figures& figures) {
  bench::print_head("a shopper's way in " + std::to_string(screen.pixel_width()) + " x " +
                    std::to_string(screen.pixel_height()) + " pixels, " + renderer);
  bench::print_row("handed to GL, p50", "", figures.handed_p50, "ms");
  for (const Part& part : figures.parts) {
    bench::print_row(part.name + ", p50", "≤ 16.7 ms", part.p50, "ms");
    bench::print_row(part.name + ", worst", "", part.worst, "ms");
  }
  bench::print_row("frames later than 16.7 ms", "", figures.late, "");
  bench::print_row("rung of the quality ladder, the furthest down", "0", figures.rung, "");
}

int run(int rounds, const Screen& screen) {
  Figures figures;
  std::string renderer;
  for (int round = 0; round < rounds; ++round) {
    Shopper shopper(screen, figures);
    std::string problem = shopper.open();
    if (problem.empty()) renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    if (problem.empty()) problem = shopper.walk();
    if (problem.empty()) continue;
    std::fprintf(stderr, "journey_bench: %s; run it from the root of the sources\n",
                 problem.c_str());
    return 1;
  }
  print(screen, renderer, figures);
  return 0;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
  vitrine::Screen screen;
  if (argc > 2 && std::sscanf(argv[2], "%dx%d", &screen.width, &screen.height) != 2) {
    std::fprintf(stderr, "journey_bench: the size is WIDTHxHEIGHT, as 1080x1920\n");
    return 2;
  }
  if (argc > 3) screen.pixel_ratio = std::strtof(argv[3], nullptr);
  return vitrine::run(std::max(rounds, 1), screen);
}
