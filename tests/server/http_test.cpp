// SPDX-License-Identifier: MIT
// What the two listeners answer: routes, methods, files, caching, security headers, tokens,
// enrolment, the staff password.
#include <sodium.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/crypto.h"
#include "server/http/routes.h"
#include "server/http/security_headers.h"
#include "tests/server/web_asking.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr RouteClass kRouteClasses[] = {RouteClass::Page,     RouteClass::Lab,   RouteClass::Asset,
                                        RouteClass::Campaign, RouteClass::Api,   RouteClass::Health,
                                        RouteClass::Provider, RouteClass::Staff, RouteClass::Error};

std::string security_document() {
  std::ifstream file("docs/security.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string table_text() {
  std::string out;
  for (const RouteClass route : kRouteClasses) {
    for (const SecurityHeader& header : security_headers(route)) {
      out.append(route_class_name(route)).append(" ").append(header.name).append(": ");
      out.append(header.value).append("\n");
    }
  }
  return out;
}

}  // namespace

TEST_CASE("docs/security.md names every interface that the public listener has") {
  const std::string document = security_document();
  size_t interfaces = 0;
  for (const Route& route : all_routes()) {
    const bool is_interface =
        route.path.rfind("/api/", 0) == 0 || route.path.rfind("/provider/", 0) == 0;
    if (route.listener != ListenerKind::Public || !is_interface) continue;
    std::string shown(route.path);
    if (route.path == kProviderRoute) shown = "/provider/sandbox/";
    if (route.path == kProviderEventsRoute) shown = "/provider/NAME/events";
    INFO(shown);
    CHECK(document.find("`" + shown) != std::string::npos);
    ++interfaces;
  }
  CHECK(interfaces >= 4);
}

TEST_CASE("docs/security.md repeats the table of headers") {
  const std::string document = security_document();
  const size_t begin = document.find("```headers\n") + 11;
  CHECK(document.substr(begin, document.find("```", begin) - begin) == table_text());
}

TEST_CASE("only the tracker's lab may ask for a camera") {
  for (const RouteClass route : kRouteClasses) {
    for (const SecurityHeader& header : security_headers(route)) {
      const bool may =
          std::string_view(header.value).find("camera=(self)") != std::string_view::npos;
      INFO(route_class_name(route) << " " << header.value);
      CHECK((!may || route == RouteClass::Lab));
    }
  }
}

TEST_CASE("every route sends its class's headers, errors included") {
  WebFolder web;
  web.write("notes.html", "<title>notes</title>");
  web.write("labs/tracker.html", "<title>lab</title>");
  web.write("labs/tracker/main.0123abcd.js", "");
  LiveServer server(web.served());
  struct Route {
    const char* line;
    bool staff;
    int status;
    RouteClass route;
  };
  const Route routes[] = {
      {"GET /", false, 302, RouteClass::Page},
      {"GET /c/lip-popup", false, 302, RouteClass::Page},
      {"GET /c/lip-popup/", false, 200, RouteClass::Page},
      {"HEAD /c/lip-popup/", false, 200, RouteClass::Page},
      {"GET /c/nothing/", false, 404, RouteClass::Error},
      {"GET /c/lip-popup/campaign.json", false, 200, RouteClass::Campaign},
      {"GET /c/lip-popup/art/ribbon.svg", false, 200, RouteClass::Campaign},
      {"GET /engine.0123abcd.wasm", false, 200, RouteClass::Asset},
      {"GET /c/lip-popup/engine.0123abcd.wasm", false, 200, RouteClass::Asset},
      {"GET /labs/tracker", false, 200, RouteClass::Lab},
      {"HEAD /labs/tracker", false, 200, RouteClass::Lab},
      {"GET /labs/tracker.html", false, 404, RouteClass::Error},
      {"GET /c/lip-popup/labs/tracker.html", false, 404, RouteClass::Error},
      {"GET /notes.html", false, 200, RouteClass::Page},
      {"GET /c/lip-popup/notes.html", false, 200, RouteClass::Page},
      {"GET /labs/tracker/main.0123abcd.js", false, 200, RouteClass::Asset},
      {"GET /labs/other", false, 404, RouteClass::Asset},
      {"GET /healthz", false, 200, RouteClass::Health},
      {"GET /api/token", false, 405, RouteClass::Error},
      {"DELETE /healthz", false, 405, RouteClass::Error},
      {"GET /live", false, 404, RouteClass::Asset},
      {"GET /metrics", false, 404, RouteClass::Asset},
      {"GET /api/live", false, 404, RouteClass::Error},
      {"GET /live", true, 200, RouteClass::Staff},
      {"GET /live.js", true, 200, RouteClass::Staff},
      {"GET /api/live", true, 200, RouteClass::Staff},
      {"GET /metrics", true, 200, RouteClass::Staff},
      {"GET /api/docs", true, 200, RouteClass::Staff},
      {"GET /healthz", true, 404, RouteClass::Staff},
      {"GET /c/lip-popup/", true, 404, RouteClass::Staff},
      {"POST /live", true, 405, RouteClass::Staff},
  };
  for (const Route& route : routes) {
    INFO(route.line);
    const Answer answer = ask(route.staff ? server.staff_port() : server.port(), route.line);
    CHECK(answer.status == route.status);
    for (const SecurityHeader& header : security_headers(route.route)) {
      INFO(header.name);
      CHECK(answer.has("\r\n" + std::string(header.name) + ": " + std::string(header.value)));
    }
  }
}

TEST_CASE("files are found by safe names only") {
  WebFolder web;
  LiveServer server(web.served());
  CHECK(ask(server.port(), "GET /sub/a.txt").body == "text");
  for (const char* path :
       {"/.hidden", "/passwd.txt", "/../../etc/passwd", "/..%2f..%2fetc/passwd",
        "/sub/%2e%2e/%2e%2e/etc/passwd", "/sub/", "/sub", "/sub%5ca.txt", "/a.txt%0a",
        "/%c0%ae%c0%ae/etc/passwd", "/C:/a.txt", "/c/lip-popup/art/../../../CMakeLists.txt",
        "/c/lip-popup/art/%2e%2e/campaign.js", "/c/../c/x"}) {
    INFO(path);
    CHECK(ask(server.port(), std::string("GET ") + path).status == 404);
  }
  CHECK(ask(server.port(), "GET /" + std::string(3000, 'a')).status == 404);
}

TEST_CASE("a page that is built after the server started is served") {
  TemporaryDirectory directory;
  LiveServerOptions options;
  options.web = directory.path() + "/page";
  LiveServer server(options);
  CHECK(ask(server.port(), "GET /c/lip-popup/").status == 404);
  std::filesystem::create_directory(options.web);
  std::ofstream(options.web + "/index.html") << "<!doctype html>page";
  const Answer page = ask(server.port(), "GET /c/lip-popup/");
  CHECK(page.status == 200);
  CHECK(page.body == "<!doctype html>page");
}

TEST_CASE("a redirect keeps what was asked, and cannot be made to say more") {
  LiveServer server;
  CHECK(ask(server.port(), "GET /c/lip-popup?lang=en&reset=1")
            .has("Location: /c/lip-popup/?lang=en&reset=1\r\n"));
  CHECK(ask(server.port(), "GET /?lang=zh").has("Location: /c/lip-popup/?lang=zh\r\n"));
  CHECK(ask(server.port(), "GET /c/lip-popup").has("Location: /c/lip-popup/\r\n"));
  CHECK(ask(server.port(), "GET /c/lip-popup?a=%E5%94%87%20x&b")
            .has("Location: /c/lip-popup/?a=%E5%94%87%20x&b\r\n"));
  CHECK_FALSE(ask(server.port(), "GET /c/lip-popup?a=%0d%0aX-Evil:%201").has("\nX-Evil"));
}

TEST_CASE("a page is asked for again each time and hashed files are kept") {
  WebFolder web;
  LiveServer server(web.served());
  const Answer page = ask(server.port(), "GET /index.html");
  CHECK(page.has("Cache-Control: no-cache"));
  const size_t tag = page.head.find("ETag: ");
  REQUIRE(tag != std::string::npos);
  const std::string etag = page.head.substr(tag + 6, 34);
  const Answer again = ask(server.port(), "GET /index.html", "If-None-Match: " + etag + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  web.write("index.html", "<!doctype html>another page");
  CHECK(ask(server.port(), "GET /index.html", "If-None-Match: " + etag + "\r\n").status == 200);
  const Answer engine =
      ask(server.port(), "GET /engine.0123abcd.wasm", "Accept-Encoding: gzip, br\r\n");
  CHECK(engine.body == "small");
  CHECK(engine.has("Content-Encoding: br"));
  CHECK(engine.has("immutable"));
  CHECK(engine.has("Content-Type: application/wasm"));
  CHECK(ask(server.port(), "GET /engine.0123abcd.wasm", "Accept-Encoding: br;q=0\r\n").body ==
        "wasm");
}

TEST_CASE("a token lets a page of this origin record, for this campaign") {
  LiveServer server;
  const Answer answer = post_json(server.port(), "/api/token", R"({"campaign":"lip-popup"})",
                                  "Origin: http://127.0.0.1\r\n");
  REQUIRE(answer.status == 200);
  const size_t at = answer.body.find("\"token\":\"") + 9;
  const std::string token = answer.body.substr(at, answer.body.find('"', at) - at);
  const auto hello_with_token = [&](const std::string& text,
                                    const std::vector<std::string>& headers) {
    RawClient client(server.port());
    REQUIRE(client.open_websocket(headers));
    client.send(make_text(R"({"kind":"hello","token":")" + text + R"(","incarnation":")" +
                          random_id().to_hex() +
                          R"(","next":1,"oldest":1,"build":"x","scenes":[]})"));
    const std::optional<Frame> frame = client.read_frame();
    return frame && frame->payload.find("\"kind\":\"welcome\"") != std::string::npos;
  };
  CHECK(hello_with_token(token, {"Origin: http://127.0.0.1"}));
  CHECK_FALSE(hello_with_token(token, {}));
  std::string tampered = token;
  tampered[3] = tampered[3] == '9' ? '8' : '9';
  CHECK_FALSE(hello_with_token(tampered, {"Origin: http://127.0.0.1"}));
  CHECK(post_json(server.port(), "/api/token", R"({"campaign":"no"})").status == 404);
  CHECK(post_json(server.port(), "/api/token", "{").status == 400);
  CHECK(ask(server.port(), "POST /api/token", "", "{}").status == 415);
  CHECK(post_json(server.port(), "/api/token", R"({"campaign":"lip-popup"})",
                  "Origin: https://evil.example\r\n")
            .status == 403);
}

TEST_CASE("a code enrols a key once") {
  TemporaryDirectory directory;
  LiveServerOptions options;
  options.registry_directory = directory.path();
  LiveServer server(options);
  auto registry = open_sqlite_device_registry(directory.path());
  REQUIRE(registry.ok());
  const std::string code = registry.value()->invite("window", ServerClock().wall_ms()).value();
  const std::string key(64, 'a');
  const std::string body = R"({"code":")" + code + R"(","key":")" + key + R"("})";
  CHECK(post_json(server.port(), "/api/enrol", body, "Origin: http://127.0.0.1\r\n").status == 403);
  const Answer answer = post_json(server.port(), "/api/enrol", body);
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"device":"window"})");
  CHECK(post_json(server.port(), "/api/enrol", body).status == 200);
  const std::string other = R"({"code":")" + code + R"(","key":")" + std::string(64, 'b') + R"("})";
  CHECK(post_json(server.port(), "/api/enrol", other).status == 403);
  CHECK(post_json(server.port(), "/api/enrol", R"({"code":"x","key":"zz"})").status == 400);
  int refused = 0;
  for (int i = 0; i < 12; ++i) {
    if (post_json(server.port(), "/api/enrol", body).status == 429) ++refused;
  }
  CHECK(refused >= 1);
}

TEST_CASE("off loopback the staff listener wants the password and does not let it be guessed") {
  LiveServerOptions options;
  options.staff_password = true;
  LiveServer server(options);
  const auto try_password = [&](const std::string& password) {
    const std::string plain = "staff:" + password;
    std::string text(sodium_base64_ENCODED_LEN(plain.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return ask(server.staff_port(), "GET /api/live", "Authorization: Basic " + text + "\r\n")
        .status;
  };
  const Answer asked = ask(server.staff_port(), "GET /live");
  CHECK(asked.status == 401);
  CHECK(asked.has("WWW-Authenticate: Basic"));
  CHECK(try_password(server.staff_password()) == 200);
  bool limited = false;
  for (int i = 0; i < 8 && !limited; ++i) limited = try_password("guess") == 429;
  CHECK(limited);
  CHECK(try_password(server.staff_password()) == 200);
}

TEST_CASE("on loopback the staff listener answers nobody who asks for another name") {
  LiveServer server;
  const auto ask_as = [&](const std::string& host) {
    RawClient client(server.staff_port());
    client.send("GET /api/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    std::string body;
    const int status = client.read_response(&body);
    return status == 200 && body.find("\"rows\"") == std::string::npos ? 0 : status;
  };
  for (const char* own : {"127.0.0.1", "127.0.0.1:8081", "localhost:9000", "[::1]:8081", "[::1]"}) {
    INFO(own);
    CHECK(ask_as(own) == 200);
  }
  for (const char* foreign : {"evil.example", "evil.example:8081", "localhost.evil.example",
                              "127.0.0.1.evil.example", "192.168.0.7", "127.evil.example:80"}) {
    INFO(foreign);
    CHECK(ask_as(foreign) == 421);
  }
}

TEST_CASE("bodies are small and requests are one at a time") {
  LiveServer server;
  CHECK(ask(server.port(), "POST /api/token", "Content-Type: application/json\r\n",
            std::string(20000, ' '))
            .status == 413);
  CHECK(ask(server.port(), "GET /healthz", "Content-Length: 5\r\n").status == 400);
  CHECK(ask(server.port(), "GET /healthz", "Content-Length: 0\r\nContent-Length: 5\r\n").status ==
        400);
  CHECK(ask(server.port(), "POST /api/token", "Transfer-Encoding: chunked\r\n").status == 400);
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.read_response() == 200);
  CHECK(client.read_response() == 200);
}

TEST_CASE("what was acknowledged is in the next live view") {
  LiveServer server;
  const Id128 incarnation = random_id();
  RawClient device = server.open_recording(incarnation);
  const auto shown = [&](std::string_view name) {
    const std::string body = ask(server.staff_port(), "GET /api/live").body;
    const size_t at = body.find("\"" + std::string(name) + "\":");
    return at == std::string::npos ? -1 : std::atoi(body.c_str() + at + name.size() + 3);
  };
  CHECK(shown("rows") == 0);
  CHECK(shown("screens") == 1);
  for (int i = 0; i < 30; ++i) {
    REQUIRE(device.send(make_text(make_batch(incarnation, uint64_t(i) * 7 + 1, 7))));
    REQUIRE(device.read_frame());
    // No tick of the server's clock lies between: a poll that came earlier would show less.
    REQUIRE(shown("rows") == (i + 1) * 7);
  }
  // A hole is refused and counted; nothing of it is shown as stored.
  REQUIRE(device.send(make_text(make_batch(incarnation, 1000, 7))));
  REQUIRE(device.read_frame());
  CHECK(shown("gaps") == 1);
  CHECK(shown("rows") == 210);
}
