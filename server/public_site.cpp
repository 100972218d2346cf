// SPDX-License-Identifier: MIT
#include "server/public_site.h"

#include <fstream>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"
#include "server/http/routes.h"

namespace vitrine {

namespace {

WebResponse not_found() {
  return text_response(RouteClass::Error, 404, "not found\n");
}

WebResponse api_error(int status, std::string_view code) {
  std::string out;
  JsonWriter(out).begin_object().key("error").string(code).end_object();
  return json_response(RouteClass::Api, status, std::move(out));
}

WebResponse wrong_method(std::string_view allowed) {
  WebResponse response = text_response(RouteClass::Error, 405, "method not allowed\n");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

// A form of a foreign page can be posted without asking; JSON cannot.
bool is_json(const WebRequest& request) {
  return request.content_type.rfind("application/json", 0) == 0;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool read_key(std::string_view hex, Ed25519PublicKey& key) {
  if (hex.size() != key.size() * 2) return false;
  for (size_t i = 0; i < key.size(); ++i) {
    const int high = hex_digit(hex[2 * i]);
    const int low = hex_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    key[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return true;
}

// Beside a campaign's page: a worker answers for what lies below it.
constexpr std::string_view kWorkerFile = "sw.js";
constexpr std::string_view kLabPage = "labs/tracker.html";

const JsonLimits kSmallBody = {kMaxRequestBody, 4, 64};

WebResponse redirect(const WebRequest& request, std::string to) {
  if (!request.query.empty()) to += "?" + request.query;
  WebResponse response = text_response(RouteClass::Page, 302, "");
  response.headers.emplace_back("Location", std::move(to));
  return response;
}

// What is made here for a page, asked for anew each time.
WebResponse fresh(const WebRequest& request, std::string_view type, std::string text) {
  WebResponse response;
  response.route = RouteClass::Asset;
  response.content_type = type;
  response.headers.emplace_back("Cache-Control", "no-cache");
  const std::string etag = etag_of(text);
  if (!answer_unchanged(request, etag, response)) {
    response.body = std::make_shared<const std::string>(std::move(text));
  }
  return response;
}

}  // namespace

PublicSite::PublicSite(std::string web, Parts parts)
    : web_(std::move(web), RouteClass::Asset), parts_(std::move(parts)) {}

WebResponse PublicSite::handle(const WebRequest& request) {
  const Route* route = find_route(ListenerKind::Public, request.path);
  if (route == nullptr) return not_found();
  if (!route->allows(request.method)) {
    WebResponse response = wrong_method(route->methods);
    response.close = request.method == WebMethod::Other;
    return response;
  }
  return request.method == WebMethod::Post ? post(request) : get(request);
}

WebResponse PublicSite::get(const WebRequest& request) {
  const std::string_view path = request.path;
  if (path == "/healthz") return health();
  if (path == kAuthorityPath) return authority();
  if (path == "/") return front_page(request);
  if (path == "/index.html") return page(request, "");
  if (path == "/labs/tracker") return lab(request);
  if (path == "/ws") return text_response(RouteClass::Error, 426, "this is a WebSocket\n");
  constexpr std::string_view kCampaigns = "/c/";
  if (path.rfind(kCampaigns, 0) == 0) {
    return under_campaign(request, path.substr(kCampaigns.size()));
  }
  // The build's own is for hosts that serve files: here it would answer for every campaign at once.
  if (path.substr(1) == kWorkerFile) return not_found();
  return file(request, path.substr(1));
}

// A page among the files has a page's headers wherever it is asked for. The lab's has one address:
// only what is sent there may ask for a camera, and in nobody's frame.
WebResponse PublicSite::file(const WebRequest& request, std::string_view path) {
  if (path == kLabPage) return not_found();
  WebResponse response = web_.serve(request, path);
  if (!path.ends_with(".html") || response.status == 404) return response;
  response.route = RouteClass::Page;
  add_policy(response);
  return response;
}

WebResponse PublicSite::health() const {
  const std::string illness = parts_.illness();
  if (illness.empty()) return text_response(RouteClass::Health, 200, "ok\n");
  return text_response(RouteClass::Health, 503, illness + "\n");
}

// Read each time: it is small, asked for once a phone, and may be renewed.
WebResponse PublicSite::authority() const {
  constexpr size_t kMostBytes = 64 * 1024;
  std::ifstream file(parts_.authority, std::ios::binary);
  std::string text(kMostBytes, '\0');
  if (parts_.authority.empty() || !file) return not_found();
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  // Only a certificate: a file that was named by mistake may hold a key.
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  if (text.rfind(kBegin, 0) != 0 || text.find("PRIVATE KEY") != text.npos) return not_found();
  WebResponse response = text_response(RouteClass::Api, 200, text);
  response.content_type = "application/x-x509-ca-cert";
  return response;
}

// "/" leads to the first campaign.
WebResponse PublicSite::front_page(const WebRequest& request) {
  if (parts_.campaigns->ids().empty()) return no_campaign(request);
  WebResponse response = redirect(request, "/c/" + parts_.campaigns->ids().front() + "/");
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

// The page in one file, packed, has one campaign built in. It is right for exactly this one, and
// where the template filled for it says the same; everything else gets the template, whose engine
// is files of its own. `campaign` "": the page as it was built.
WebResponse PublicSite::page(const WebRequest& request, std::string_view campaign) {
  const std::string page_template = web_.read("page.template");
  if (const PageMarks* marks = parts_.campaigns->first_paint(campaign);
      marks != nullptr && !page_template.empty()) {
    std::string text = fill_page(page_template, *marks);
    if (text != web_.read("split.html") ||
        *parts_.campaigns->json(campaign) != web_.read("built_in.json")) {
      WebResponse response = filled_page(request, std::move(text));
      add_policy(response);
      return response;
    }
  }
  WebResponse response = web_.serve(request, "index.html");
  response.route = response.status == 404 ? RouteClass::Error : RouteClass::Page;
  if (response.status != 404) add_policy(response);
  return response;
}

WebResponse PublicSite::filled_page(const WebRequest& request, std::string text) const {
  WebResponse response;
  response.route = RouteClass::Page;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-cache");
  // Its first script asks for this; a browser that is told here need not wait for the script.
  response.headers.emplace_back("Link", "<campaign.json>; rel=preload; as=fetch; crossorigin");
  const std::string etag = etag_of(text);
  if (!answer_unchanged(request, etag, response)) {
    response.body = std::make_shared<const std::string>(std::move(text));
  }
  return response;
}

// The same campaign's page with the engine in files, which is what a worker keeps.
WebResponse PublicSite::split_page(const WebRequest& request, std::string_view campaign) {
  const std::string page_template = web_.read("page.template");
  const PageMarks* marks = parts_.campaigns->first_paint(campaign);
  if (marks == nullptr || page_template.empty()) return not_found();
  WebResponse response = filled_page(request, fill_page(page_template, *marks));
  add_policy(response);
  return response;
}

// Its files lie beside it, as those of any page.
WebResponse PublicSite::lab(const WebRequest& request) {
  WebResponse response = web_.serve(request, kLabPage);
  response.route = response.status == 404 ? RouteClass::Error : RouteClass::Lab;
  return response;
}

// Where the campaign is gone phones keep the worker that they have: a folder may be missing for a
// moment, and vouchers outlive an event.
WebResponse PublicSite::worker(const WebRequest& request, std::string_view campaign) {
  const bool is_off = !parts_.has_worker;
  const std::vector<CampaignPart> parts =
      is_off ? std::vector<CampaignPart>() : parts_.campaigns->parts(campaign);
  std::string text = web_.read(is_off ? "worker_off.js" : "worker.template");
  if (text.empty() || (!is_off && parts.empty())) return not_found();
  if (!is_off) text = fill_worker(text, parts);
  WebResponse response = fresh(request, "text/javascript; charset=utf-8", std::move(text));
  if (is_off) response.headers.emplace_back("Vitrine-Worker", "off");
  return response;
}

WebResponse PublicSite::manifest(const WebRequest& request, std::string_view campaign) const {
  return fresh(request, "application/manifest+json", *parts_.campaigns->manifest(campaign));
}

// For somebody who followed an old link or mistyped one.
WebResponse PublicSite::no_campaign(const WebRequest& request) {
  WebRequest whole = request;
  whole.if_none_match.clear();
  WebResponse response = web_.serve(whole, "404.html");
  if (response.status == 404) return not_found();
  response.route = RouteClass::Page;
  response.status = 404;
  add_policy(response);
  return response;
}

// The build knows the hashes of its scripts and styles.
void PublicSite::add_policy(WebResponse& response) {
  std::string policy = web_.read("policy.txt");
  while (!policy.empty() && (policy.back() == '\n' || policy.back() == '\r')) policy.pop_back();
  if (policy.empty() || policy.find_first_of("\r\n") != std::string::npos) return;
  response.headers.emplace_back("Content-Security-Policy", policy);
}

WebResponse PublicSite::under_campaign(const WebRequest& request, std::string_view rest) {
  const size_t slash = rest.find('/');
  const std::string_view id = rest.substr(0, slash);
  const bool is_page = slash == std::string_view::npos || slash + 1 == rest.size();
  if (slash != std::string_view::npos && rest.substr(slash + 1) == kWorkerFile) {
    return worker(request, id);
  }
  if (!parts_.campaigns->has(id)) return is_page ? no_campaign(request) : not_found();
  if (slash == std::string_view::npos) {
    return redirect(request, "/c/" + std::string(id) + "/");
  }
  const std::string_view path = rest.substr(slash + 1);
  if (path.empty()) return page(request, id);
  if (path == "split.html") return split_page(request, id);
  if (path == "manifest.webmanifest") return manifest(request, id);
  WebResponse part = parts_.campaigns->serve(request, id, path);
  // The page's own files are asked for relative to where it was opened.
  return part.status == 404 ? file(request, path) : part;
}

WebResponse PublicSite::post(const WebRequest& request) {
  if (!is_json(request)) return api_error(415, "not_json");
  return request.path == "/api/enrol" ? enrol(request) : token(request);
}

WebResponse PublicSite::enrol(const WebRequest& request) {
  if (!enrolments_.allow(request.peer, parts_.clock->monotonic_us())) {
    return api_error(429, "too_many");
  }
  // Kiosks send no Origin; a page that finds a code has no business here.
  if (!request.origin.empty()) return api_error(403, "code_refused");
  JsonDocument document;
  if (!document.parse(request.body, kSmallBody)) return api_error(400, "bad_request");
  const auto code = document.root().find("code").string();
  const auto key_hex = document.root().find("key").string();
  Ed25519PublicKey key;
  if (!code || code->size() > 64 || !key_hex || !read_key(*key_hex, key)) {
    return api_error(400, "bad_request");
  }
  const Result<Device> device = parts_.registry->enrol(*code, key, parts_.clock->wall_ms());
  if (!device.ok()) {
    const bool refused = device.status().code() == StatusCode::PermissionDenied;
    return refused ? api_error(403, "code_refused") : api_error(503, "storage_unavailable");
  }
  std::string out;
  JsonWriter(out).begin_object().key("device").string(device.value().name).end_object();
  return json_response(RouteClass::Api, 200, std::move(out));
}

WebResponse PublicSite::token(const WebRequest& request) {
  if (!tokens_.allow(request.peer, parts_.clock->monotonic_us())) return api_error(429, "too_many");
  if (!request.origin.empty() &&
      !is_origin_allowed(*parts_.origins, request.origin, request.host)) {
    return api_error(403, "origin_refused");
  }
  JsonDocument document;
  if (!document.parse(request.body, kSmallBody)) return api_error(400, "bad_request");
  const auto campaign = document.root().find("campaign").string();
  if (!campaign) return api_error(400, "bad_request");
  if (!parts_.campaigns->has(*campaign)) return api_error(404, "no_campaign");
  TokenClaims claims;
  const std::string token = parts_.tokens->issue(*campaign, parts_.clock->wall_ms(), &claims);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("token").string(token).key("campaign").string(claims.campaign);
  json.key("expires").integer(claims.expires_ms).end_object();
  return json_response(RouteClass::Api, 200, std::move(out));
}

}  // namespace vitrine
