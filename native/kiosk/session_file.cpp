// SPDX-License-Identifier: MIT
#include "native/kiosk/session_file.h"

#include <utility>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"
#include "engine/protocol/dictionary.h"
#include "native/data_dir.h"
#include "native/file_assets.h"

namespace vitrine {
namespace {

std::string to_json(const app::OpenSession& session) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("session").string(session.id.to_hex());
  json.key("campaign").string(session.campaign).key("brand").string(session.brand);
  json.key("scene").string(session.scene).key("mode").string(session.mode).end_object();
  return text;
}

// An identifier of the protocol or, where that is allowed, nothing.
bool read_name(JsonValue value, bool may_be_empty, std::string& out) {
  const auto text = value.string();
  if (!text) return false;
  out = std::string(*text);
  return text->empty() ? may_be_empty : protocol::is_identifier(*text, 64);
}

}  // namespace

std::optional<app::OpenSession> SessionFile::load() {
  const Result<std::string> text = read_asset(file_.parent_path(), file_.filename().string());
  JsonDocument document;
  if (!text.ok() || !document.parse(text.value())) return std::nullopt;
  const JsonValue root = document.root();
  const auto id = Id128::from_hex(root.find("session").string().value_or(""));
  app::OpenSession session;
  const bool whole = id && !id->is_none() &&
                     read_name(root.find("campaign"), false, session.campaign) &&
                     read_name(root.find("brand"), true, session.brand) &&
                     read_name(root.find("scene"), true, session.scene) &&
                     read_name(root.find("mode"), false, session.mode);
  if (!whole) return std::nullopt;
  session.id = *id;
  written_ = session.id;
  return session;
}

void SessionFile::follow(app::App& app) {
  worker_.poll();
  const Id128 now = app.session_id();
  if (now != written_ && !written_.is_none() && !app.is_stored()) return;
  const std::string& scene = app.recorder().context().scene;
  if (now == written_ && (now.is_none() || scene == scene_)) return;
  written_ = now;
  scene_ = scene;
  write(now.is_none() ? "" : to_json(app.open_session()));
}

// A full disk costs only the note of an unclean end.
void SessionFile::write(std::string text) {
  worker_.post([file = file_, text = std::move(text)]() -> Worker::Report {
    std::error_code error;
    if (text.empty()) {
      std::filesystem::remove(file, error);
    } else {
      (void)write_file_durably(file, text, FileMode::Private).ok();
    }
    return {};
  });
}

}  // namespace vitrine
