// SPDX-License-Identifier: MIT
// The program espeak-ng is played by small shell scripts that do what it does, or what it must not.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "native/speech/child.h"
#include "native/speech/espeak_speech.h"
#include "native/speech/speech_dispatcher.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

// Notes what it was given to play; a voice sounds until the test ends it.
class NotingOutput final : public PcmOutput {
 public:
  AudioVoice play_pcm(std::shared_ptr<const PcmClip> clip, const AudioPlay& play) override {
    if (!clip) return 0;
    buses.push_back(play.bus);
    clips.push_back(std::move(clip));
    return sounding = ++last_;
  }
  void load(uint8_t, std::string_view) override {}
  AudioVoice play(const AudioPlay&) override { return 0; }
  void stop(AudioVoice voice) override {
    if (voice == sounding) sounding = 0;
  }
  void stop_all() override { sounding = 0; }
  bool playing(AudioVoice voice) const override { return voice != 0 && voice == sounding; }
  void set_bus_gain(uint8_t bus, float to) override { bus == EspeakSpeech::kBus ? gain = to : 0; }
  void suspend(bool) override {}
  AudioStatistics statistics() const override { return {}; }
  void poll() override {}

  std::vector<std::shared_ptr<const PcmClip>> clips;
  std::vector<uint8_t> buses;
  AudioVoice sounding = 0;
  float gain = -1;

 private:
  AudioVoice last_ = 0;
};

// A folder of programs, first in the PATH while it lives.
class Programs {
 public:
  Programs() { setenv("PATH", (folder_.path().string() + ":" + old_).c_str(), 1); }
  ~Programs() { setenv("PATH", old_.c_str(), 1); }
  void add(const std::string& name, const std::string& script) {
    const fs::path file = folder_.path() / name;
    std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(file, fs::perms::owner_all);
  }
  fs::path path() const { return folder_.path(); }

 private:
  const std::string old_ = std::getenv("PATH");
  TemporaryFolder folder_;
};

// As espeak-ng does: a head that does not know the size, then 0.2 s of sound.
const char kTalks[] =
    "cat > \"$0.text\"; echo \"$@\" > \"$0.arguments\"\n"
    "printf 'RIFF\\377\\377\\377\\377WAVEfmt \\020\\0\\0\\0\\001\\0\\001\\0\\042\\126\\0\\0"
    "\\104\\254\\0\\0\\002\\0\\020\\0data\\377\\377\\377\\177'\n"
    "head -c 8820 /dev/zero";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Result<std::string> run_script(const std::string& script, ChildLimits limits = {},
                               std::string_view input = "") {
  Programs programs;
  programs.add("talker", script);
  const std::atomic<bool> cancel{false};
  return run_child({find_program("talker")}, input, limits, cancel);
}

// Polls until `done`; a machine may be slow, so a minute.
bool wait_until(EspeakSpeech& speech, const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!done() && std::chrono::steady_clock::now() < end) {
    speech.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return done();
}

}  // namespace

TEST_CASE("a program's output is what it wrote, its input what it was given") {
  CHECK(run_script("cat", {}, "你好 $(reboot) `x`").value() == "你好 $(reboot) `x`");
  CHECK(run_script("exit 0").value().empty());
}

TEST_CASE("a program that fails says how") {
  CHECK(run_script("exit 3").status().message().find("ended with 3") != std::string::npos);
  CHECK(run_script("kill -9 $$").status().message().find("137") != std::string::npos);
  const std::atomic<bool> cancel{false};
  CHECK(run_child({"/nonexistent/espeak"}, "x", {}, cancel).status().code() ==
        StatusCode::NotFound);
}

TEST_CASE("a program that never ends is ended, and one that floods too") {
  CHECK(run_script("exec sleep 600", {1000, 200}).status().code() == StatusCode::ResourceExhausted);
  const Result<std::string> flood = run_script("exec cat /dev/zero", {100000, 60000});
  CHECK(flood.status().code() == StatusCode::ResourceExhausted);
  CHECK(flood.status().message().find("100000 bytes") != std::string::npos);
}

TEST_CASE("a program that closes its output and stays is ended, too") {
  const Result<std::string> stayed = run_script("exec >&-; exec sleep 600", {1000, 200});
  CHECK(stayed.status().code() == StatusCode::ResourceExhausted);
  CHECK(stayed.status().message().find("200 ms") != std::string::npos);
}

TEST_CASE("a program that does not read its input costs nothing") {
  CHECK(run_script("exit 0", {}, std::string(4096, 'x')).ok());
}

TEST_CASE("what nobody wants any more is ended at once") {
  Programs programs;
  programs.add("talker", "exec sleep 600");
  std::atomic<bool> cancel{true};
  CHECK(run_child({find_program("talker")}, "", {1000, 600000}, cancel).status().code() ==
        StatusCode::Unavailable);
}

TEST_CASE("words go in by the input, sound comes out on the bus of speech") {
  Programs programs;
  programs.add("talker", kTalks);
  NotingOutput output;
  EspeakSpeech speech(output, "talker");
  CHECK(speech.available("zh"));
  CHECK_FALSE(speech.speaking());
  speech.say("正红，\n按钮 --version", "zh", SpeechPriority::Queue);
  CHECK(speech.speaking());
  REQUIRE(wait_until(speech, [&] { return !output.clips.empty(); }));
  CHECK(output.clips[0]->rate == 22050);
  CHECK(output.clips[0]->frames() == 4410);
  CHECK(output.buses[0] == EspeakSpeech::kBus);
  CHECK(text_of(programs.path() / "talker.text") == "正红， 按钮 --version");
  CHECK(text_of(programs.path() / "talker.arguments").find("-v cmn") != std::string::npos);
  CHECK(speech.speaking());
  output.stop_all();
  CHECK_FALSE(speech.speaking());
  CHECK(speech.problem().empty());
}

TEST_CASE("queued words come one after the other, an interruption takes their place") {
  Programs programs;
  programs.add("talker", kTalks);
  NotingOutput output;
  EspeakSpeech speech(output, "talker");
  speech.say("one", "en", SpeechPriority::Queue);
  speech.say("two", "en", SpeechPriority::Queue);
  REQUIRE(wait_until(speech, [&] { return output.clips.size() == 1; }));
  speech.poll();
  CHECK(output.clips.size() == 1);  // the first is still heard
  output.stop_all();
  REQUIRE(wait_until(speech, [&] { return output.clips.size() == 2; }));
  speech.say("three", "en", SpeechPriority::Queue);
  speech.say("now", "en", SpeechPriority::Interrupt);
  CHECK_FALSE(output.playing(2));
  REQUIRE(wait_until(speech, [&] { return output.clips.size() == 3; }));
  CHECK(text_of(programs.path() / "talker.text") == "now");
}

TEST_CASE("only the newest of many waiting words are said") {
  Programs programs;
  programs.add("talker", kTalks);
  NotingOutput output;
  EspeakSpeech speech(output, "talker");
  for (int i = 0; i < 50; ++i) speech.say("word " + std::to_string(i), "en", SpeechPriority::Queue);
  size_t heard = 0;
  while (wait_until(speech, [&] { return output.sounding != 0 || !speech.speaking(); }) &&
         output.sounding != 0) {
    ++heard;
    output.stop_all();
  }
  CHECK(heard == 1 + EspeakSpeech::kWaiting);
  CHECK(text_of(programs.path() / "talker.text") == "word 49");
}

TEST_CASE("stopped words are never heard, however late they are made") {
  Programs programs;
  programs.add("talker", kTalks);
  NotingOutput output;
  EspeakSpeech speech(output, "talker");
  speech.say("secret", "en", SpeechPriority::Queue);
  speech.stop();
  CHECK_FALSE(speech.speaking());
  speech.drain();
  speech.poll();
  CHECK(output.clips.empty());
}

TEST_CASE("a program that makes no sound is a problem for staff, not for the shopper") {
  Programs programs;
  NotingOutput output;
  SECTION("it writes nonsense") {
    programs.add("talker", "echo no voice");
  }
  SECTION("it fails") {
    programs.add("talker", "exit 1");
  }
  EspeakSpeech speech(output, "talker");
  speech.say("hello", "en", SpeechPriority::Queue);
  REQUIRE(wait_until(speech, [&] { return !speech.speaking(); }));
  CHECK(output.clips.empty());
  CHECK_FALSE(speech.problem().empty());
}

TEST_CASE("without the program nothing is said and the cure is named once somebody asks") {
  NotingOutput output;
  EspeakSpeech speech(output, "no-such-talker");
  CHECK_FALSE(speech.available("en"));
  CHECK(speech.problem().empty());
  speech.say("hello", "en", SpeechPriority::Interrupt);
  CHECK_FALSE(speech.speaking());
  CHECK(speech.problem().find("install espeak-ng") != std::string::npos);
}

TEST_CASE("a language is a tag, never an option of the program") {
  CHECK(espeak_voice("zh") == "cmn");
  CHECK(espeak_voice("zh-Hans") == "cmn");
  CHECK(espeak_voice("en") == "en");
  CHECK(espeak_voice("en-GB") == "en-gb");
  for (const char* wild :
       {"", "-x", "../../etc", "en us", "en;reboot", "a-very-long-language-tag"}) {
    CHECK(espeak_voice(wild).empty());
  }
}

TEST_CASE("words are cut between characters and lose what a voice stumbles over") {
  CHECK(sayable("正红", 5) == "正");
  CHECK(sayable("a\nb\tc\x7F", 100) == "a b c ");
  CHECK(sayable("a\xFF\xFE!", 100) == "a!");
  CHECK(sayable(std::string(5000, 'x'), 1000).size() == 1000);
}

TEST_CASE("a dispatcher's voice speaks a language by its first tag") {
  CHECK(speaks("en-GB", "en"));
  CHECK(speaks("en_US", "en"));
  CHECK(speaks("cmn", "zh"));
  CHECK(speaks("zh-CN", "zh"));
  CHECK_FALSE(speaks("yue", "zh"));
  CHECK_FALSE(speaks("", ""));
}
