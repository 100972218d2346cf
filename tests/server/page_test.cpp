// SPDX-License-Identifier: MIT
// The page as a server sends it: a campaign's words, a build's own policy, and what stands where
// there is no campaign.
#include <catch2/catch.hpp>
#include <string>

#include "engine/base/json/json.h"
#include "server/page_template.h"
#include "server/page_worker.h"
#include "tests/server/web_asking.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("a page's build may bring its own policy") {
  WebFolder web;
  web.write("policy.txt", "default-src 'none'\n");
  LiveServer server(web.served());
  CHECK(ask(server.port(), "GET /index.html")
            .has("\r\nContent-Security-Policy: default-src 'none'\r\n"));
}

TEST_CASE("a campaign's words stand in its page, and only as words") {
  WebFolder web;
  web.write("policy.txt", "default-src 'none'\n");
  web.write("page.template", "<title>{{title}}</title>{{offer}}{{unknown}}{{");
  LiveServer server(web.served());
  const Answer page = ask(server.port(), "GET /c/lip-popup/");
  CHECK(page.status == 200);
  CHECK(page.has("Content-Security-Policy: default-src 'none'\r\n"));
  CHECK(page.has("Link: <campaign.json>; rel=preload; as=fetch; crossorigin\r\n"));
  CHECK(page.has("Cache-Control: no-cache"));
  CHECK(page.body.find("<title>68 元的口红，今天 5 元带走</title>关注店铺") == 0);
  CHECK(page.body.find("{{unknown}}{{") != std::string::npos);
  const std::string etag = page.head.substr(page.head.find("ETag: ") + 6, 34);
  const std::string unchanged = "If-None-Match: " + etag + "\r\n";
  const Answer again = ask(server.port(), "GET /c/lip-popup/", unchanged);
  CHECK(again.status == 304);
  CHECK(again.body.empty());

  // The page in one file is served where it says the same and has the same campaign built in.
  const std::string campaign = ask(server.port(), "GET /c/lip-popup/campaign.json").body;
  web.write("split.html", page.body);
  CHECK(ask(server.port(), "GET /c/lip-popup/").body == page.body);
  web.write("built_in.json", campaign + " ");
  CHECK(ask(server.port(), "GET /c/lip-popup/").body == page.body);
  web.write("built_in.json", campaign);
  const Answer inlined = ask(server.port(), "GET /c/lip-popup/");
  CHECK(inlined.body == "<!doctype html>page");
  CHECK(!inlined.has("Link:"));
  web.write("split.html", page.body + "!");
  CHECK(ask(server.port(), "GET /c/lip-popup/").body == page.body);
}

TEST_CASE("a page's worker knows the campaign's files, and changes with them alone") {
  WebFolder web;
  web.write("worker.template", "var files = {{files}};");
  web.write("sw.js", "var files = [];");
  LiveServer server(web.served());
  const Answer worker = ask(server.port(), "GET /c/lip-popup/sw.js");
  REQUIRE(worker.status == 200);
  CHECK(worker.has("Content-Type: text/javascript"));
  CHECK(worker.has("Cache-Control: no-cache"));
  CHECK(!worker.has("Vitrine-Worker"));
  // A policy of its own would be the worker's, which fetches.
  CHECK(!worker.has("Content-Security-Policy"));
  CHECK(worker.body.find("var files = [[\"campaign.json\",\"") == 0);
  CHECK(worker.body.find("[\"art/ribbon.svg\",\"") != std::string::npos);
  CHECK(ask(server.port(), "GET /c/lip-popup/sw.js").body == worker.body);
  // The one for hosts that serve files would answer for every campaign.
  CHECK(ask(server.port(), "GET /sw.js").status == 404);
}

TEST_CASE("a worker is taken back when pages are to have none, not where a campaign is missing") {
  WebFolder web;
  web.write("worker.template", "var files = {{files}};");
  web.write("worker_off.js", "off");
  LiveServerOptions options = web.served();
  options.page_worker = false;
  LiveServer without(std::move(options));
  LiveServer with(web.served());
  for (const char* path : {"GET /c/lip-popup/sw.js", "GET /c/nothing/sw.js"}) {
    const Answer answer = ask(without.port(), path);
    CHECK(answer.status == 200);
    CHECK(answer.body == "off");
    CHECK(answer.has("Vitrine-Worker: off\r\n"));
  }
  CHECK(ask(with.port(), "GET /c/nothing/sw.js").status == 404);
}

TEST_CASE("what a campaign's files are called is no part of the worker's program") {
  const std::string worker =
      fill_worker("{{files}}", {{"art/\"];alert(1);[\".svg", "\"1\""}, {"art/{{files}}.svg", ""}});
  CHECK(worker == R"([["art/\"];alert(1);[\".svg","\"1\""],["art/{{files}}.svg",""]])");
}

TEST_CASE("a home screen is told of a campaign in its own words and colours") {
  WebFolder web;
  LiveServer server(web.served());
  const Answer answer = ask(server.port(), "GET /c/lip-popup/manifest.webmanifest");
  REQUIRE(answer.status == 200);
  CHECK(answer.has("Content-Type: application/manifest+json\r\n"));
  JsonDocument manifest;
  REQUIRE(manifest.parse(answer.body, {64 * 1024, 8, 256}));
  const auto text = [&](std::string_view name) {
    return std::string(manifest.root().find(name).string().value_or(""));
  };
  CHECK(text("name") == "68 元的口红，今天 5 元带走");
  CHECK(!text("short_name").empty());
  CHECK(text("lang") == "zh");
  CHECK(text("start_url") == "./");
  CHECK(text("scope") == "./");
  CHECK(text("display") == "standalone");
  CHECK(text("background_color").size() == 7);
  CHECK(ask(server.port(), "GET /c/nothing/manifest.webmanifest").status == 404);
}

TEST_CASE("the page that a worker keeps has its engine in files, and the campaign's words") {
  WebFolder web;
  web.write("policy.txt", "default-src 'none'\n");
  web.write("page.template", "<title>{{title}}</title>");
  LiveServer server(web.served());
  const Answer page = ask(server.port(), "GET /c/lip-popup/split.html");
  CHECK(page.body == "<title>68 元的口红，今天 5 元带走</title>");
  CHECK(page.has("Content-Security-Policy: default-src 'none'\r\n"));
  CHECK(ask(server.port(), "GET /c/nothing/split.html").status == 404);
}

TEST_CASE("an address without a campaign is answered in words") {
  WebFolder web;
  web.write("404.html", "<h1>nothing here</h1>");
  web.write("policy.txt", "default-src 'none'\n");
  LiveServer server(web.served());
  for (const char* path : {"/c/nothing/", "/c/nothing", "/c/%3Cscript%3E/", "/c//", "/c/"}) {
    INFO(path);
    const Answer answer = ask(server.port(), std::string("GET ") + path);
    CHECK(answer.status == 404);
    CHECK(answer.body == "<h1>nothing here</h1>");
    CHECK(answer.has("Content-Security-Policy: default-src 'none'\r\n"));
    const std::string etag = answer.head.substr(answer.head.find("ETag: ") + 6, 34);
    CHECK(
        ask(server.port(), std::string("GET ") + path, "If-None-Match: " + etag + "\r\n").status ==
        404);
  }
  CHECK(ask(server.port(), "GET /c/nothing/campaign.json").body == "not found\n");
}

TEST_CASE("what a campaign says never becomes markup or a mark") {
  CHECK(escape_html("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#x27;e&#x27;&gt;&amp;");
  const PageMarks marks = {{"title", "{{offer}}"}, {"offer", "!"}};
  CHECK(fill_page("{{title}}{{offer}}", marks) == "{{offer}}!");
  CHECK(fill_page("{{{title}}}", marks) == "{{{offer}}}");
  CHECK(fill_page("{{ {{offer}} {{", marks) == "{{ ! {{");
  CHECK(fill_page("", marks).empty());
}
