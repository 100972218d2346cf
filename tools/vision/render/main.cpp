// SPDX-License-Identifier: MIT
// vitrine-vision-render: draws faces with exact truth for the trainer. tools/vision/README.md
#include <atomic>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "tools/vision/render/clip_files.h"
#include "tools/vision/render/part_file.h"
#include "tools/vision/render/shard.h"

namespace {

using namespace vitrine::faces;

constexpr const char* kUsage =
    "usage: vitrine-vision-render --head FILE --out FOLDER [--count 1000] [--seed 1] [--first 0]\n"
    "         [--framing crop|frame|empty] [--size 144] [--shard 500] [--threads 0] [--name NAME]\n"
    "         [--tones 1-10]\n"
    "Draws pictures first … first + count - 1 into FOLDER/NAME-NNNNN.faces, `shard` in each.\n"
    "The same seed gives the same pictures, whatever the threads (0: all cores). With other "
    "tones,\n"
    "of the Monk scale, it gives the same faces in the same light but for skin and hair.\n"
    "   or: vitrine-vision-render --head FILE --out FOLDER --clip NAME|all [--seed 1]\n"
    "         [--count 1000] [--height 240]\n"
    "Draws a short film with its truth, FOLDER/NAME.y4m and FOLDER/NAME.jsonl; of each at most "
    "`count` pictures, `height` pixels high and a third more wide.\n";

struct Options {
  std::string head, out, clip, name = "faces";
  Framing framing = Framing::kCrop;
  Tones tones;
  long long count = 1000, seed = 1, first = 0, size = 144, shard = 500, threads = 0;
  long long height = 240;
};

// What is wrong with the value; "" when it was taken.
std::string take_number(const std::string& key, const std::string& text, long long low,
                        long long high, long long& value) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc() && end == text.data() + text.size() && value >= low && value <= high)
    return "";
  return key + " must be a whole number from " + std::to_string(low) + " to " +
         std::to_string(high) + ", not \"" + text + "\"";
}

std::string take_framing(const std::string& text, Framing& framing) {
  for (Framing f : {Framing::kCrop, Framing::kFrame, Framing::kEmpty}) {
    if (text == framing_name(f)) return framing = f, "";
  }
  return "--framing must be crop, frame or empty, not \"" + text + "\"";
}

std::string take_tones(const std::string& text, Tones& tones) {
  long long low = 0, high = 0;
  const size_t dash = text.find('-');
  if (dash != std::string::npos && take_number("", text.substr(0, dash), 1, 10, low).empty() &&
      take_number("", text.substr(dash + 1), low, 10, high).empty()) {
    tones = {static_cast<int>(low) - 1, static_cast<int>(high - low) + 1};
    return "";
  }
  return "--tones must be two of the numbers 1 to 10, the lighter first, like 8-10, not \"" + text +
         "\"";
}

std::string take_clip(const std::string& text, std::string& clip) {
  std::string names;
  for (const ClipPlan& plan : clip_plans()) {
    if (text == plan.name || text == "all") return clip = text, "";
    names += std::string(plan.name) + ", ";
  }
  return "--clip must be one of " + names + "or all, not \"" + text + "\"";
}

std::string take_height(const std::string& text, long long& height) {
  constexpr int kStep = ClipSize::kStep;
  if (take_number("", text, 120, 1080, height).empty() && height % kStep == 0) return "";
  return "--height must be a whole number from 120 to 1080 that " + std::to_string(kStep) +
         " divides, not \"" + text + "\"";
}

std::string take_option(const std::string& key, const std::string& value, Options& options) {
  if (key == "--head") return options.head = value, "";
  if (key == "--out") return options.out = value, "";
  if (key == "--clip") return take_clip(value, options.clip);
  if (key == "--name") return options.name = value, "";
  if (key == "--framing") return take_framing(value, options.framing);
  if (key == "--tones") return take_tones(value, options.tones);
  if (key == "--count") return take_number(key, value, 1, 1000000000, options.count);
  if (key == "--seed") return take_number(key, value, 0, 1000000000, options.seed);
  if (key == "--first") return take_number(key, value, 0, 1000000000000, options.first);
  if (key == "--size") return take_number(key, value, 36, 1024, options.size);
  if (key == "--height") return take_height(value, options.height);
  if (key == "--shard") return take_number(key, value, 1, 100000, options.shard);
  if (key == "--threads") return take_number(key, value, 0, 1024, options.threads);
  return "there is no option " + key;
}

std::string parse(int count, char** words, Options& options) {
  for (int i = 1; i < count; i += 2) {
    if (i + 1 >= count) return std::string(words[i]) + " needs a value";
    if (std::string wrong = take_option(words[i], words[i + 1], options); !wrong.empty())
      return wrong;
  }
  if (!options.clip.empty() && options.tones.count < 10)
    return "--tones is not for films: whom they show is part of them";
  if (options.head.empty() || options.out.empty()) return "--head and --out are needed";
  if (options.threads == 0) options.threads = std::max(1u, std::thread::hardware_concurrency());
  return "";
}

std::vector<uint8_t> draw_shard(const HeadModel& model, BackgroundPool& pool,
                                const ShardHeader& header, int threads) {
  const size_t bytes = record_bytes(header.wanted.size);
  std::vector<uint8_t> records(bytes * header.count);
  std::atomic<uint64_t> next{0};
  auto work = [&] {
    for (uint64_t i = next++; i < header.count; i = next++) {
      pack_record(draw_sample(model, pool, header.seed, header.first + i, header.wanted),
                  header.wanted.size, records.data() + i * bytes);
    }
  };
  std::vector<std::thread> team;
  for (int i = 1; i < threads; ++i) team.emplace_back(work);
  work();
  for (std::thread& thread : team) thread.join();
  return records;
}

// A shard that can be seen is a whole one.
bool write_shard(const std::filesystem::path& path, const ShardHeader& header,
                 const std::vector<uint8_t>& records) {
  PartFile file(path);
  file.write(shard_header(header));
  file.write({reinterpret_cast<const char*>(records.data()), records.size()});
  return file.put_in_place();
}

int run(const Options& options, const HeadModel& model) {
  BackgroundPool pool(static_cast<uint64_t>(options.seed));
  for (long long done = 0, number = 0; done < options.count; ++number) {
    ShardHeader header;
    header.seed = static_cast<uint64_t>(options.seed);
    header.first = static_cast<uint64_t>(options.first + done);
    header.count = static_cast<uint64_t>(std::min(options.shard, options.count - done));
    header.wanted = {options.framing, static_cast<int>(options.size), options.tones};
    char suffix[32];
    std::snprintf(suffix, sizeof suffix, "-%05lld.faces", number);
    const auto records = draw_shard(model, pool, header, static_cast<int>(options.threads));
    if (!write_shard(std::filesystem::path(options.out) / (options.name + suffix), header, records))
      return 1;
    done += static_cast<long long>(header.count);
  }
  return 0;
}

int run_clips(const Options& options, const HeadModel& model) {
  for (const ClipPlan& plan : clip_plans()) {
    if (options.clip != "all" && options.clip != plan.name) continue;
    const ClipSize size{static_cast<int>(options.height)};
    if (!write_clip(model, plan, size, static_cast<uint64_t>(options.seed), options.count,
                    options.out))
      return 1;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (std::string wrong = parse(count, words, options); !wrong.empty()) {
    std::fprintf(stderr, "vitrine-vision-render: %s\n%s", wrong.c_str(), kUsage);
    return 2;
  }
  std::string error;
  std::optional<HeadData> head = read_head(options.head, error);
  if (!head) {
    std::fprintf(stderr, "vitrine-vision-render: %s\n", error.c_str());
    return 1;
  }
  std::error_code problem;
  std::filesystem::create_directories(options.out, problem);
  if (problem) {
    std::fprintf(stderr, "vitrine-vision-render: the folder %s cannot be made: %s\n",
                 options.out.c_str(), problem.message().c_str());
    return 1;
  }
  const HeadModel model(std::move(*head));
  return options.clip.empty() ? run(options, model) : run_clips(options, model);
}
