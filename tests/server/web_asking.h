// SPDX-License-Identifier: MIT
// A request to a running server, its whole answer, and a folder of a page to serve.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/server/live_server.h"
#include "tests/server/raw_client.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::test {

struct Answer {
  int status = 0;
  std::string head;
  std::string body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

inline Answer ask(uint16_t port, const std::string& line, const std::string& headers = "",
                  const std::string& body = "") {
  RawClient client(port);
  std::string request = line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers;
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  client.send(request + "\r\n" + body);
  Answer answer;
  answer.status = client.read_response(&answer.body, &answer.head);
  return answer;
}

inline Answer post_json(uint16_t port, const std::string& path, const std::string& body,
                        const std::string& headers = "") {
  return ask(port, "POST " + path, "Content-Type: application/json\r\n" + headers, body);
}

inline Answer post_form(uint16_t port, const std::string& path, const std::string& body) {
  return ask(port, "POST " + path, "Content-Type: application/x-www-form-urlencoded\r\n", body);
}

struct WebFolder {
  TemporaryDirectory directory;

  WebFolder() {
    write("index.html", "<!doctype html>page");
    write("engine.0123abcd.wasm", "wasm");
    write("engine.0123abcd.wasm.br", "small");
    write("sub/a.txt", "text");
    write(".hidden", "secret");
    std::filesystem::create_symlink("/etc/passwd", directory.path() + "/passwd.txt");
  }
  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = directory.path() + "/" + name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  // For a server that sends this folder.
  LiveServerOptions served() const {
    LiveServerOptions options;
    options.web = directory.path();
    return options;
  }
};

}  // namespace vitrine::test
