// SPDX-License-Identifier: MIT
#include "engine/vision/network_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/vision/network_order_internal.h"

namespace vitrine {

namespace {

constexpr std::string_view kMagic = "vitrine-net ";
constexpr std::string_view kVersion = "1";
constexpr std::string_view kCure = "; get the file again or export it again (tools/vision/train)";
constexpr size_t kSumBytes = 4;
constexpr size_t kMaxShownBytes = 40;  // of a line that is not understood

uint32_t read_uint32(const uint8_t* bytes) {
  return static_cast<uint32_t>(bytes[0]) | static_cast<uint32_t>(bytes[1]) << 8 |
         static_cast<uint32_t>(bytes[2]) << 16 | static_cast<uint32_t>(bytes[3]) << 24;
}

float read_float(const uint8_t* bytes) {
  const uint32_t bits = read_uint32(bytes);
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

constexpr std::array<uint32_t, 256> make_crc_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0u);
    table[i] = value;
  }
  return table;
}

// CRC-32 of IEEE 802.3, as zlib's.
uint32_t crc32(std::span<const uint8_t> bytes) {
  static constexpr std::array<uint32_t, 256> kTable = make_crc_table();
  uint32_t sum = ~0u;
  for (const uint8_t byte : bytes) sum = sum >> 8 ^ kTable[(sum ^ byte) & 255];
  return ~sum;
}

// Whole, without a sign, at most seven digits: no product of a layer's sizes that passes the order
// can overflow.
std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 7 || text.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view take_word(std::string_view& line) {
  const size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

std::optional<NetworkLayer> parse_layer(std::string_view line) {
  const std::string_view type = take_word(line);
  NetworkLayer layer;
  LayerShape& shape = layer.shape;
  if ((type != "conv" && type != "dense") || line.ends_with(' ')) return std::nullopt;
  layer.name = take_word(line);
  std::array<int*, 7> numbers = {&shape.inputs,  &shape.outputs,  &shape.kernel, &shape.stride,
                                 &shape.padding, &shape.dilation, &shape.groups};
  size_t count = numbers.size();
  if (type == "dense") {
    shape.kind = LayerKind::Dense;
    count = 2;
  }
  for (size_t i = 0; i < count; ++i) {
    const std::optional<int> number = parse_number(take_word(line));
    if (!number) return std::nullopt;
    *numbers[i] = *number;
  }
  if (layer.name.empty() || !line.empty()) return std::nullopt;
  return layer;
}

// What of a line can be shown: printable ASCII.
std::string shown(std::string_view line) {
  std::string out = "\"";
  for (const char c : line.substr(0, kMaxShownBytes)) out += c >= ' ' && c <= '~' ? c : '?';
  return out + (line.size() > kMaxShownBytes ? "…\"" : "\"");
}

std::string number(size_t value) {
  return std::to_string(value);
}

}  // namespace

// One file being read, from the front.
class NetworkFileReader {
 public:
  NetworkFileReader(std::span<const uint8_t> bytes, NetworkKind kind) : bytes_(bytes) {
    file_.kind_ = kind;
  }

  Status read() {
    if (Status status = check_length(); !status.ok()) return status;
    if (Status status = read_head(); !status.ok()) return status;
    if (Status status = check_order(); !status.ok()) return status;
    if (Status status = read_body(); !status.ok()) return status;
    return check_values();
  }

  NetworkFile take() { return std::move(file_); }

 private:
  Status damaged(const std::string& what) const {
    return {StatusCode::DataLoss, about() + what + std::string(kCure)};
  }
  Status wrong(const std::string& what) const {
    return {StatusCode::InvalidArgument, about() + what + std::string(kCure)};
  }
  std::string about() const {
    return "weights of the " + std::string(network_kind_name(file_.kind_)) + " network: ";
  }

  Status check_length() const {
    if (bytes_.empty()) return damaged("the file is empty");
    if (bytes_.size() > NetworkFile::kMaxBytes) {
      return wrong(number(bytes_.size()) + " bytes, at most " + number(NetworkFile::kMaxBytes) +
                   " are read");
    }
    return {};
  }

  // The next line of the head, without its end.
  Status take_line(std::string_view& line) {
    const size_t limit = std::min(bytes_.size(), NetworkFile::kMaxHeadBytes);
    const std::string_view text(reinterpret_cast<const char*>(bytes_.data()), limit);
    const size_t end = text.find('\n', at_);
    ++line_;
    if (end != std::string_view::npos) {
      line = text.substr(at_, end - at_);
      at_ = end + 1;
      return {};
    }
    if (line_ == 1 && !text.starts_with(kMagic) && !kMagic.starts_with(text)) return not_ours(text);
    if (limit < bytes_.size()) {
      return wrong("no \"end\" in the first " + number(limit) +
                   " bytes, the most that the head has");
    }
    return damaged("cut off in line " + number(line_) + ", after " + number(bytes_.size()) +
                   " bytes");
  }

  Status not_ours(std::string_view line) const {
    return wrong("begins with " + shown(line) + " instead of \"vitrine-net 1\": no weights file");
  }

  Status read_head() {
    std::string_view line;
    if (Status status = take_line(line); !status.ok()) return status;
    if (!line.starts_with(kMagic)) return not_ours(line);
    if (line.substr(kMagic.size()) != kVersion) {
      return wrong("version " + shown(line.substr(kMagic.size())) +
                   ", this program reads version 1");
    }
    if (Status status = read_kind(); !status.ok()) return status;
    if (Status status = read_size(); !status.ok()) return status;
    return read_layers();
  }

  Status read_kind() {
    std::string_view line;
    if (Status status = take_line(line); !status.ok()) return status;
    const std::string wanted = "kind " + std::string(network_kind_name(file_.kind_));
    if (line != wanted) return wrong("line 2 is " + shown(line) + " instead of \"" + wanted + "\"");
    return {};
  }

  Status read_size() {
    std::string_view line;
    if (Status status = take_line(line); !status.ok()) return status;
    const SideRange range = side_range(file_.kind_);
    std::optional<int> size;
    if (take_word(line) == "size") size = parse_number(line);
    if (!size || *size < range.lowest || *size > range.highest || *size % range.step != 0) {
      return wrong("line 3 has to be \"size S\", S " + std::to_string(range.lowest) + " to " +
                   std::to_string(range.highest) + " in steps of " + std::to_string(range.step));
    }
    file_.size_ = *size;
    return {};
  }

  Status read_layers() {
    while (true) {
      std::string_view line;
      if (Status status = take_line(line); !status.ok()) return status;
      if (line == "end") return {};
      const std::optional<NetworkLayer> layer = parse_layer(line);
      if (!layer) {
        return wrong("line " + number(line_) + ", " + shown(line) +
                     ", is no layer: \"conv NAME in out kernel stride padding dilation groups\" or "
                     "\"dense NAME in out\"");
      }
      file_.layers_.push_back(*layer);
    }
  }

  Status check_order() const {
    int hidden = 1;
    for (const NetworkLayer& layer : file_.layers_) {
      if (layer.shape.kind != LayerKind::Dense) continue;
      hidden = layer.shape.outputs;
      break;
    }
    const int width = file_.layers_.empty() ? 1 : file_.layers_.front().shape.outputs;
    if (width < 1 || width > NetworkFile::kMaxWidth)
      return out_of_bounds("first", width, NetworkFile::kMaxWidth);
    if (hidden < 1 || hidden > NetworkFile::kMaxHidden) {
      return out_of_bounds("first dense", hidden, NetworkFile::kMaxHidden);
    }
    return compare(network_order(file_.kind_, file_.size_, width, hidden));
  }

  Status out_of_bounds(const char* which, int outputs, int highest) const {
    return wrong(std::string("the ") + which + " layer has " + std::to_string(outputs) +
                 " outputs, 1 to " + std::to_string(highest) + " are possible");
  }

  Status compare(const std::vector<LayerShape>& order) const {
    for (size_t i = 0; i < std::min(order.size(), file_.layers_.size()); ++i) {
      const NetworkLayer& layer = file_.layers_[i];
      if (layer.shape == order[i]) continue;
      return wrong("layer " + number(i + 1) + ", " + shown(layer.name) + ", is \"" +
                   to_text(layer.shape) + "\" where the network has \"" + to_text(order[i]) + "\"");
    }
    if (file_.layers_.size() != order.size()) {
      return wrong(number(file_.layers_.size()) + " layers, the network has " +
                   number(order.size()));
    }
    return {};
  }

  Status read_body() {
    size_t needed = at_ + kSumBytes;
    for (const NetworkLayer& layer : file_.layers_) needed += bytes_of(layer.shape);
    if (bytes_.size() < needed) {
      return damaged("cut off: " + number(bytes_.size()) + " bytes of " + number(needed));
    }
    if (bytes_.size() > needed) {
      return damaged(number(bytes_.size() - needed) + " bytes after the end, which is at " +
                     number(needed));
    }
    const std::span<const uint8_t> body = bytes_.subspan(at_, needed - kSumBytes - at_);
    if (crc32(body) != read_uint32(bytes_.data() + needed - kSumBytes)) {
      return damaged("the sum (CRC-32) in the last 4 bytes is not that of the weights");
    }
    for (NetworkLayer& layer : file_.layers_) take_values(layer);
    return {};
  }

  static size_t values_of(const LayerShape& shape) {
    return static_cast<size_t>(shape.outputs) * static_cast<size_t>(shape.window());
  }
  static size_t bytes_of(const LayerShape& shape) {
    return values_of(shape) + 2 * sizeof(float) * static_cast<size_t>(shape.outputs);
  }

  void take_values(NetworkLayer& layer) {
    const size_t values = values_of(layer.shape);
    const size_t numbers = sizeof(float) * static_cast<size_t>(layer.shape.outputs);
    layer.values = {reinterpret_cast<const int8_t*>(bytes_.data() + at_), values};
    layer.scales = bytes_.subspan(at_ + values, numbers);
    layer.biases = bytes_.subspan(at_ + values + numbers, numbers);
    at_ += values + 2 * numbers;
  }

  Status check_values() const {
    for (const NetworkLayer& layer : file_.layers_) {
      for (int i = 0; i < layer.shape.outputs; ++i) {
        const float scale = layer.scale(i), bias = layer.bias(i);
        // Written so that NaN is refused too.
        if (!(scale >= 0 && scale <= NetworkFile::kLargest))
          return bad_value(layer, "scale", i, scale);
        if (!(std::fabs(bias) <= NetworkFile::kLargest)) return bad_value(layer, "bias", i, bias);
      }
    }
    return {};
  }

  Status bad_value(const NetworkLayer& layer, const char* what, int output, float value) const {
    return wrong("layer " + shown(layer.name) + ", " + what + " of output " +
                 std::to_string(output) + " is " + std::to_string(value) +
                 "; scales are 0 to 1e6, biases -1e6 to 1e6");
  }

  std::span<const uint8_t> bytes_;
  size_t at_ = 0;    // first byte that is not read yet
  size_t line_ = 0;  // the last that was read, from 1
  NetworkFile file_;
};

std::string_view network_kind_name(NetworkKind kind) {
  constexpr std::string_view kNames[] = {"landmarks", "detector", "lips", "eye"};
  return kNames[static_cast<size_t>(kind)];
}

std::string to_text(const LayerShape& shape) {
  std::string out = shape.kind == LayerKind::Dense ? "dense" : "conv";
  for (const int value : {shape.inputs, shape.outputs}) out += " " + std::to_string(value);
  if (shape.kind == LayerKind::Dense) return out;
  for (const int value :
       {shape.kernel, shape.stride, shape.padding, shape.dilation, shape.groups}) {
    out += " " + std::to_string(value);
  }
  return out;
}

float NetworkLayer::scale(int output) const {
  return read_float(scales.data() + sizeof(float) * static_cast<size_t>(output));
}

float NetworkLayer::bias(int output) const {
  return read_float(biases.data() + sizeof(float) * static_cast<size_t>(output));
}

Result<NetworkFile> NetworkFile::read(std::span<const uint8_t> file, NetworkKind kind) {
  NetworkFileReader reader(file, kind);
  if (Status status = reader.read(); !status.ok()) return status;
  return reader.take();
}

}  // namespace vitrine
