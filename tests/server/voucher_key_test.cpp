// SPDX-License-Identifier: MIT
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "server/claims/voucher_key.h"
#include "server/crypto.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("vitrine-voucher-" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
    REQUIRE(init_crypto());
  }
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("the key of vouchers is made once and is its owner's alone") {
  const Folder folder;
  CHECK(read_voucher_key(folder.path).status().code() == StatusCode::NotFound);
  const auto made = open_voucher_key(folder.path);
  REQUIRE(made.ok());
  CHECK(made.value() != rules::VoucherKey{});
  struct stat file {};
  REQUIRE(::stat((folder.path / "voucher.key").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
  CHECK(open_voucher_key(folder.path).value() == made.value());
  CHECK(read_voucher_key(folder.path).value() == made.value());
}

TEST_CASE("a damaged key of vouchers is never replaced by itself") {
  const Folder folder;
  std::ofstream(folder.path / "voucher.key") << "short";
  CHECK(open_voucher_key(folder.path).status().code() == StatusCode::DataLoss);
  CHECK(read_voucher_key(folder.path).status().code() == StatusCode::DataLoss);
  CHECK(fs::file_size(folder.path / "voucher.key") == 5);
}
