// SPDX-License-Identifier: MIT
// The data folder, the key in it and the campaign's files.
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>

#include "native/data_dir.h"
#include "native/enrol.h"
#include "native/file_assets.h"
#include "native/key_identity.h"
#include "native/kiosk/campaign_assets.h"
#include "native/kiosk/campaign_feed.h"
#include "native/worker.h"
#include "tests/native/raw_server.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::unique_ptr<LwsClient> client_of(uint16_t port) {
  LwsClientOptions options;
  options.server.host = "127.0.0.1";
  options.server.port = port;
  options.connect_timeout_seconds = 60;
  return std::move(LwsClient::create(options)).value();
}

constexpr const char* kCode = "K7QM-2RXD-9TNB-4WHC";
const EnrolTiming kPatient{.patience = std::chrono::minutes(1),
                           .after_answer = std::chrono::milliseconds(10)};
const EnrolTiming kImpatient{.patience = std::chrono::milliseconds(1)};

// The whole of it; returns its head.
std::string read_request(RawConnection& connection) {
  const std::string head = connection.read_head();
  const size_t length = head.find("content-length: ");
  if (length != std::string::npos) {
    connection.read_exactly(static_cast<size_t>(std::stoi(head.substr(length + 16))));
  }
  return head;
}

// A server that answers each request with what `answer` says for its first line.
RawServer::Play answering(std::function<std::string(const std::string& head)> answer) {
  return [answer = std::move(answer)](RawConnection& connection) {
    const std::string body = answer(read_request(connection));
    const std::string status = body.empty() ? "404 Not Found" : "200 OK";
    connection.send("HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body);
  };
}

template <typename Done>
bool until(Done done) {
  for (int i = 0; i < 30000; ++i) {
    if (done()) return true;
    usleep(2000);
  }
  return false;
}

}  // namespace

TEST_CASE("a file of the campaign is read, nothing outside its folder is") {
  const TemporaryFolder folder;
  const auto root = folder.path() / "campaign";
  write(root / "art/a.svg", "drawing");
  write(folder.path() / "secret", "secret");
  std::filesystem::create_symlink(folder.path() / "secret", root / "link");
  std::filesystem::create_directory_symlink(folder.path(), root / "up");
  CHECK(read_asset(root, "art/a.svg").value() == "drawing");
  CHECK(read_asset(root, "art/b.svg").status().code() == StatusCode::NotFound);
  for (const std::string& path :
       {std::string("../secret"), std::string("art/../../secret"), std::string("/etc/passwd"),
        std::string("link"), std::string("up/secret"), std::string("art\\a.svg"), std::string(),
        std::string("art/a.svg\0x", 11), std::string("art")}) {
    INFO(path);
    CHECK(read_asset(root, path).status().code() == StatusCode::InvalidArgument);
  }
}

TEST_CASE("a file beyond eight megabytes is refused") {
  const TemporaryFolder folder;
  write(folder.path() / "large", "");
  std::filesystem::resize_file(folder.path() / "large", (8u << 20) + 1);
  CHECK(read_asset(folder.path(), "large").status().code() == StatusCode::ResourceExhausted);
}

TEST_CASE("a data folder is one process's, and the second one is told whose") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "data";
  auto first = DataDir::open(path);
  REQUIRE(first.ok());
  struct stat info {};
  stat(path.c_str(), &info);
  CHECK((info.st_mode & 0777) == 0700);
  const auto second = DataDir::open(path);
  REQUIRE_FALSE(second.ok());
  CHECK(second.status().code() == StatusCode::AlreadyExists);
  CHECK(second.status().message().find(std::to_string(getpid())) != std::string::npos);
  first.value().reset();
  CHECK(DataDir::open(path).ok());
}

TEST_CASE("the lock of a killed process does not stay") {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    auto held = DataDir::open(folder.path());
    _exit(held.ok() ? 0 : 1);  // without running destructors
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(status == 0);
  CHECK(DataDir::open(folder.path()).ok());
}

TEST_CASE("a data folder that cannot be made says why") {
  CHECK_FALSE(DataDir::open("/proc/vitrine").ok());
}

TEST_CASE("an enrolled device signs what its public key verifies") {
  const TemporaryFolder folder;
  KeyIdentity made;
  REQUIRE(made.prepare(folder.path(), kCode).ok());
  std::array<uint8_t, 64> signature{};
  CHECK_FALSE(made.sign("nonce", signature));  // no id yet
  REQUIRE(made.adopt(folder.path(), "front-window").ok());

  KeyIdentity loaded;
  REQUIRE(loaded.load(folder.path()).ok());
  CHECK(loaded.device() == "front-window");
  REQUIRE(loaded.sign("nonce", signature));
  std::array<uint8_t, 32> key{};
  sodium_hex2bin(key.data(), key.size(), made.public_key_hex().data(), 64, nullptr, nullptr,
                 nullptr);
  const auto* text = reinterpret_cast<const uint8_t*>("nonce");
  CHECK(crypto_sign_verify_detached(signature.data(), text, 5, key.data()) == 0);
  CHECK(crypto_sign_verify_detached(signature.data(), text, 4, key.data()) != 0);
}

TEST_CASE("a key that others may read, or that is damaged, is not used") {
  const TemporaryFolder folder;
  KeyIdentity identity;
  CHECK(identity.load(folder.path()).code() == StatusCode::NotFound);
  REQUIRE(identity.prepare(folder.path(), kCode).ok());
  REQUIRE(identity.adopt(folder.path(), "kiosk-1").ok());
  const auto file = folder.path() / "identity.json";
  struct stat info {};
  stat(file.c_str(), &info);
  CHECK((info.st_mode & 0777) == 0600);
  chmod(file.c_str(), 0644);
  CHECK(KeyIdentity().load(folder.path()).code() == StatusCode::PermissionDenied);
  for (const char* text :
       {"", "{", "[]", R"({"device": "a", "seed": "12"})", R"({"device": "a b", "seed": 1})"}) {
    write(file, text);
    chmod(file.c_str(), 0600);
    CHECK(KeyIdentity().load(folder.path()).code() == StatusCode::DataLoss);
  }
  CHECK_FALSE(identity.adopt(folder.path(), "../x y").ok());
}

TEST_CASE("enrolment keeps the id the server gives; a refused code leaves the old key") {
  const TemporaryFolder folder;
  std::string answer = R"({"device": "front-window"})";
  RawServer server(answering([&](const std::string&) { return answer; }));
  const auto client = client_of(server.port());
  REQUIRE(enrol(*client, kCode, folder.path()).ok());
  KeyIdentity first;
  REQUIRE(first.load(folder.path()).ok());
  CHECK(first.device() == "front-window");

  answer.clear();  // 404
  CHECK_FALSE(enrol(*client, kCode, folder.path()).ok());
  answer = "not json";
  CHECK_FALSE(enrol(*client, kCode, folder.path()).ok());
  answer = R"({"device": "../../etc"})";
  CHECK_FALSE(enrol(*client, kCode, folder.path()).ok());
  for (const char* none : {"a\"b", "K7QM-2RXD", "K7QM-2RXD-9TNB-4WHC-0", "U7QM-2RXD-9TNB-4WHC"}) {
    const Status refused = enrol(*client, none, folder.path());
    CHECK(refused.code() == StatusCode::PermissionDenied);
    CHECK(refused.message().find("--enrol: not a code") == 0);
  }
  KeyIdentity still;
  REQUIRE(still.load(folder.path()).ok());
  CHECK(still.public_key_hex() == first.public_key_hex());
}

TEST_CASE("an answer to an enrolment that is lost is asked for again, with the same key") {
  const TemporaryFolder folder;
  std::vector<std::string> bodies;
  std::atomic<size_t> asked{0};
  RawServer server([&](RawConnection& connection) {
    const std::string head = connection.read_head();
    const size_t length = head.find("content-length: ") + 16;
    bodies.push_back(connection.read_exactly(static_cast<size_t>(std::stoi(head.substr(length)))));
    if (++asked == 1) return;  // it took the key, and died
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"device\": \"window-1\"}");
  });
  const auto client = client_of(server.port());
  SECTION("by the same kiosk") {
    REQUIRE(enrol(*client, kCode, folder.path(), kPatient).ok());
  }
  SECTION("by its next start, with the code typed in another way") {
    CHECK_FALSE(enrol(*client, "K1QM-0RXD-9TNB-4WHC", folder.path(), kImpatient).ok());
    REQUIRE(until([&] { return asked == 1 || (client->poll(), false); }));
    const char* typed = GENERATE("K1QM-0RXD-9TNB-4WHC", " k1qm0rxd9tnb4whc", "KLQM ORXD 9TNB 4WHC",
                                 "kiqm-orx-d9tnb-4whc");
    REQUIRE(enrol(*client, typed, folder.path(), kPatient).ok());
  }
  REQUIRE(bodies.size() == 2);
  CHECK(bodies[0] == bodies[1]);
  CHECK(KeyIdentity().load(folder.path()).ok());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "enrolment.json"));
}

TEST_CASE("enrolment without a server says so") {
  const TemporaryFolder folder;
  const auto client = client_of(unused_port());
  const EnrolTiming brief{.patience = std::chrono::milliseconds(100)};
  CHECK(enrol(*client, kCode, folder.path(), brief).code() == StatusCode::Unavailable);
}

TEST_CASE("a server that cannot enrol now is not asked until it lets the kiosk ask again") {
  const TemporaryFolder folder;
  std::atomic<int> asked{0};
  RawServer server([&](RawConnection& connection) {
    read_request(connection);
    ++asked;
    connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
  });
  const auto client = client_of(server.port());
  const EnrolTiming slow{.patience = std::chrono::minutes(1),
                         .after_answer = std::chrono::hours(1)};
  CHECK(enrol(*client, kCode, folder.path(), slow).code() == StatusCode::Unavailable);
  CHECK(asked == 1);
  CHECK(EnrolTiming().after_answer >= std::chrono::seconds(6));
}

TEST_CASE("what a server said once is told, though the last question ran out of time") {
  const TemporaryFolder folder;
  std::atomic<int> asked{0};
  RawServer server([&](RawConnection& connection) {
    read_request(connection);
    if (asked++ == 0) {
      connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    while (!connection.read_exactly(1).empty()) {
    }
  });
  const auto client = client_of(server.port());
  const EnrolTiming brief{.patience = std::chrono::seconds(2),
                          .after_answer = std::chrono::milliseconds(10)};
  const Status status = enrol(*client, kCode, folder.path(), brief);
  CHECK(asked >= 1);
  if (asked > 1) CHECK(status.message().find("503") != std::string::npos);
}

TEST_CASE("too many attempts are the end of a first question and not of one asked again") {
  const TemporaryFolder folder;
  std::atomic<int> asked{0};
  const int lost = GENERATE(0, 1);
  RawServer server([&](RawConnection& connection) {
    read_request(connection);
    const int before = asked++;
    if (before < lost) return;
    connection.send(
        before == lost ? "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"
                       : "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"device\": \"window-1\"}");
  });
  const auto client = client_of(server.port());
  const Status status = enrol(*client, kCode, folder.path(), kPatient);
  CHECK(status.code() == (lost == 0 ? StatusCode::PermissionDenied : StatusCode::Ok));
  CHECK(asked == (lost == 0 ? 1 : 3));
}

TEST_CASE("a campaign comes from the server, with its files, and stays for a start without it") {
  const TemporaryFolder folder;
  {
    RawServer server(answering([&](const std::string& head) -> std::string {
      if (head.starts_with("GET /c/lip/campaign.json ")) return R"({"id": "lip"})";
      if (head.starts_with("GET /c/lip/art/a.svg ")) return "drawing";
      return "";
    }));
    const auto client = client_of(server.port());
    auto feed = CampaignFeed::open({"lip", folder.path()}, client.get());
    REQUIRE(feed.ok());
    std::optional<CampaignText> campaign;
    REQUIRE(until([&] {
      feed.value()->poll(1);
      client->poll();
      campaign = feed.value()->take();
      return campaign.has_value();
    }));
    CHECK(campaign->json == R"({"id": "lip"})");
    feed.value()->set_verdict(*campaign, true);

    CampaignAssets assets(client.get());
    assets.set_source(campaign->root, campaign->url_prefix);
    std::vector<std::string> answers;
    const auto keep = [&](Result<std::string> bytes) {
      answers.push_back(bytes.ok() ? bytes.value()
                                   : std::string(status_code_name(bytes.status().code())));
    };
    assets.request("art/a.svg", keep);
    assets.request("art/none.svg", keep);
    assets.request("../campaign.json", keep);
    REQUIRE(until([&] {
      assets.poll();
      client->poll();
      return answers.size() == 3;
    }));
    CHECK(std::count(answers.begin(), answers.end(), "drawing") == 1);
  }
  auto feed = CampaignFeed::open({"lip", folder.path()}, nullptr);
  REQUIRE(feed.ok());
  const auto kept = feed.value()->take();
  REQUIRE(kept);
  CHECK(kept->json == R"({"id": "lip"})");
  CHECK(read_asset(kept->root, "art/a.svg").value() == "drawing");
}

TEST_CASE("a refused campaign never becomes the kept one") {
  const TemporaryFolder folder;
  std::string json = R"({"good": 1})";
  RawServer server(answering([&](const std::string&) { return json; }));
  const auto client = client_of(server.port());
  for (const bool accepted : {true, false}) {
    auto feed = CampaignFeed::open({"lip", folder.path()}, client.get());
    std::optional<CampaignText> campaign;
    REQUIRE(until([&] {
      feed.value()->poll(1);
      client->poll();
      const auto taken = feed.value()->take();
      if (taken && taken->json == json) campaign = taken;
      return campaign.has_value();
    }));
    feed.value()->set_verdict(*campaign, accepted);
    json = R"({"bad": 1})";
  }
  auto feed = CampaignFeed::open({"lip", folder.path()}, nullptr);
  REQUIRE(feed.ok());
  CHECK(feed.value()->take()->json == R"({"good": 1})");
}

TEST_CASE("offline, an unknown campaign is an error that names what to do") {
  const TemporaryFolder folder;
  const auto feed = CampaignFeed::open({"lip", folder.path()}, nullptr);
  REQUIRE_FALSE(feed.ok());
  CHECK(feed.status().message().find("--server") != std::string::npos);
  CHECK_FALSE(CampaignFeed::open({"../lip", folder.path()}, nullptr).ok());
}

TEST_CASE("a worker reports in order from poll alone, and can end with work left") {
  std::vector<int> reports;
  {
    Worker worker;
    for (int i = 0; i < 5; ++i) {
      worker.post([&reports, i] { return [&reports, i] { reports.push_back(i); }; });
    }
    worker.drain();
    CHECK(reports.empty());
    worker.poll();
    CHECK(reports == std::vector<int>{0, 1, 2, 3, 4});
    worker.post([] {
      usleep(20000);
      return [] { FAIL("reported after the end"); };
    });
    worker.post([]() -> Worker::Report { return {}; });
  }
  int finished = 0;
  {
    Worker worker(Worker::AtEnd::FinishJobs);
    for (int i = 0; i < 5; ++i) {
      worker.post([&finished]() -> Worker::Report {
        ++finished;
        return {};
      });
    }
  }
  CHECK(finished == 5);
}
