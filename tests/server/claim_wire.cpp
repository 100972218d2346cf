// SPDX-License-Identifier: MIT
#include "tests/server/claim_wire.h"

#include <fstream>
#include <sstream>

namespace vitrine::test {

using protocol::ClaimAct;
using protocol::ClaimKind;

ClaimWire::ClaimWire(uint16_t port, bool is_page) : client_(port) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  const std::string origin = is_page ? "Origin: http://" + host : "Origin:";
  is_open_ =
      client_.is_connected() &&
      client_.open_websocket({"Host: " + host, "Sec-WebSocket-Protocol: vitrine.claim.1", origin});
}

bool ClaimWire::send(std::string_view text) {
  is_open_ = is_open_ && client_.send(make_text(text));
  return is_open_;
}

uint32_t ClaimWire::act(ClaimKind kind, ClaimAct act) {
  act.request = ++requests_;
  if (act.language.empty()) act.language = "en";
  act.terms_version = "1";
  std::string text;
  protocol::encode_claim_act(kind, act, text);
  return send(text) ? act.request : 0;
}

bool ClaimWire::take(const std::optional<Frame>& frame) {
  if (!frame || frame->opcode != 1) return false;
  text_ = frame->payload;
  return newest_.parse(text_);
}

bool ClaimWire::read_state() {
  is_open_ = is_open_ && take(client_.read_frame());
  return is_open_;
}

bool ClaimWire::read_state_now() {
  return is_open_ && take(client_.read_frame(0));
}

bool ClaimWire::read_until(const std::function<bool()>& holds) {
  while (text_.empty() || !holds()) {
    if (!read_state()) return false;
  }
  return true;
}

bool ClaimWire::read_answer() {
  return read_until([this] { return member("answered") == std::to_string(requests_); });
}

std::string ClaimWire::member(std::string_view name) const {
  if (text_.empty()) return "";
  const size_t dot = name.find('.');
  JsonValue holds = newest_.root();
  if (dot != std::string_view::npos) holds = holds.find(name.substr(0, dot));
  const JsonValue value = holds.find(dot == std::string_view::npos ? name : name.substr(dot + 1));
  if (value.is(JsonType::Integer)) return std::to_string(*value.integer());
  return std::string(value.string().value_or(""));
}

std::string page_token(uint16_t port) {
  RawClient client(port);
  const std::string body = R"({"campaign":"lip-popup"})";
  client.send(
      "POST /api/token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
      "Content-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  std::string answer;
  JsonDocument document;
  if (client.read_response(&answer) != 200 || !document.parse(answer)) return "";
  return std::string(document.root().find("token").string().value_or(""));
}

std::string phone_hello(std::string_view token, std::string_view holder) {
  std::string text;
  protocol::encode_claim_hello(
      {.token = token, .holder = holder, .campaign = "lip-popup", .build = "test"}, text);
  return text;
}

void write_sample_campaign(const std::filesystem::path& folder, int stock) {
  std::filesystem::create_directories(folder);
  std::filesystem::copy("assets/campaigns/lip-popup", folder / "lip-popup",
                        std::filesystem::copy_options::recursive);
  const std::filesystem::path file = folder / "lip-popup/campaign.json";
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  std::string json = text.str();
  constexpr std::string_view kStock = "\"stock\": ";
  for (size_t at = json.find(kStock); at != std::string::npos; at = json.find(kStock, at + 1)) {
    const size_t digits = at + kStock.size();
    json.replace(digits, json.find_first_not_of("0123456789", digits) - digits,
                 std::to_string(stock));
  }
  std::ofstream(file) << json;
}

}  // namespace vitrine::test
