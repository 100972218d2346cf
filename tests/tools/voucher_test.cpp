// SPDX-License-Identifier: MIT
// `vitrine voucher` as a till calls it.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/base/hex.h"
#include "engine/rules/voucher_proof.h"
#include "native/tools/command.h"
#include "server/claims/voucher_key.h"
#include "server/crypto.h"

using namespace vitrine;
using namespace vitrine::tools;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kTime = 1795286760000;  // 2026-11-21T18:46:00Z

struct Run {
  int code = 0;
  std::string out;
  std::string err;
};

std::string drain(std::FILE* file) {
  std::string text(4096, '\0');
  std::rewind(file);
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

Run voucher(std::initializer_list<std::string_view> arguments) {
  std::vector<std::string_view> list = {"voucher"};
  list.insert(list.end(), arguments);
  std::FILE* out = std::tmpfile();
  std::FILE* err = std::tmpfile();
  Run run;
  run.code = run_program(list, out, err);
  run.out = drain(out);
  run.err = drain(err);
  return run;
}

// A server's data folder with its key.
struct Data {
  fs::path path = fs::temp_directory_path() / ("vitrine-till-" + std::to_string(::getpid()));
  rules::VoucherKey key{};
  Data() {
    fs::remove_all(path);
    fs::create_directories(path);
    REQUIRE(init_crypto());
    key = open_voucher_key(path).value();
  }
  ~Data() { fs::remove_all(path); }
  std::string text() const {
    const std::string code = "7MNFGMB0V7N75S";
    return rules::voucher_proof(code, rules::voucher_secret(key, code), kTime);
  }
};

}  // namespace

TEST_CASE("a till verifies a voucher by the server's folder or by the key alone") {
  const Data data;
  const std::string folder = data.path.string(), text = data.text();
  const Run key = voucher({"key", "--data", folder});
  CHECK(key.code == kOk);
  CHECK(key.out == to_hex(data.key) + "\n");
  CHECK_FALSE(key.err.empty());
  const Run valid = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:46:50Z", text});
  CHECK(valid.code == kOk);
  CHECK(valid.out == "valid\t7MNFG-MB0V7-N75S\t2026-11-21T18:46:00.000Z\n");
  const std::string hex = to_hex(data.key);
  CHECK(voucher({"verify", "--key", hex, "--at", "2026-11-21T18:46:50Z", text}).out == valid.out);
}

TEST_CASE("every other verdict is a problem, and a forged code is not repeated") {
  const Data data;
  const std::string folder = data.path.string(), text = data.text();
  const Run over = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:47:00Z", text});
  CHECK(over.code == kProblems);
  CHECK(over.out.substr(0, 5) == "over\t");
  const Run early = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:45:29Z", text});
  CHECK(early.code == kProblems);
  CHECK(early.out.substr(0, 8) == "not yet\t");
  const std::string forged = text.substr(0, text.size() - 16) + std::string(16, '0');
  CHECK(voucher({"verify", "--data", folder, forged}).out == "forged\t-\t-\n");
  CHECK(voucher({"verify", "--data", folder, "hello"}).out == "unreadable\t-\t-\n");
  CHECK(voucher({"verify", "--data", folder, "hello"}).code == kProblems);
}

TEST_CASE("a wrong call of voucher says what was expected") {
  const Data data;
  const std::string folder = data.path.string(), text = data.text();
  CHECK(voucher({}).code == kUsage);
  CHECK(voucher({"verify"}).code == kUsage);
  CHECK(voucher({"verify", text}).code == kUsage);
  CHECK(voucher({"verify", text, "--key", "00"}).code == kUsage);
  CHECK(voucher({"verify", text, "--data", folder, "--key", "00"}).code == kUsage);
  CHECK(voucher({"verify", text, "--data", folder, "--at", "noon"}).code == kUsage);
  CHECK(voucher({"key", "--key", "00"}).code == kUsage);
  CHECK(voucher({"key", "--data", folder, "--at", "noon"}).code == kUsage);
  const Run nowhere = voucher({"key", "--data", "/nowhere/at-all"});
  CHECK(nowhere.code == kProblems);
  CHECK(nowhere.err.find("voucher.key: no such file") != std::string::npos);
}
