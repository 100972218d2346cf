// SPDX-License-Identifier: MIT
#include "server/staff_auth.h"

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <utility>

#include "server/private_file.h"

namespace vitrine {

namespace {

constexpr size_t kMostWrong = 16;
constexpr size_t kMostWaiting = 64;
constexpr std::ptrdiff_t kMostWaitingOfOne = 8;

// 20 letters and digits without look-alikes: 98 bits.
std::string make_password() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
  }
  return password;
}

std::string hash_password(const std::string& password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed =
      crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  hash.resize(failed ? 0 : hash.find('\0'));
  return hash;
}

// "user:password" of "Basic BASE64".
std::optional<std::string> credentials_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "Basic ";
  const std::string_view scheme = authorization.substr(0, kScheme.size());
  const auto same = [](char a, char b) {
    return a == b || (a ^ 0x20) == b;
  };  // letters alone differ
  if (authorization.size() > 512 ||
      !std::equal(scheme.begin(), scheme.end(), kScheme.begin(), kScheme.end(), same)) {
    return std::nullopt;
  }
  authorization.remove_prefix(kScheme.size());
  std::string text(authorization.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(text.data()), text.size(),
                        authorization.data(), authorization.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  text.resize(size);
  if (text.find(':') == std::string::npos) return std::nullopt;
  return text;
}

// Any user.
std::optional<std::string> password_of(std::string_view authorization) {
  const std::optional<std::string> text = credentials_of(authorization);
  if (!text) return std::nullopt;
  return text->substr(text->find(':') + 1);
}

std::array<uint8_t, 32> keyed_hash(const std::array<uint8_t, 32>& key, std::string_view text) {
  std::array<uint8_t, 32> out;
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const uint8_t*>(text.data()),
                     text.size(), key.data(), key.size());
  return out;
}

bool is_password(const std::string& hash, const std::string& password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace

std::string staff_name(std::string_view authorization) {
  constexpr size_t kMostBytes = 64;
  const std::optional<std::string> text = credentials_of(authorization);
  std::string name;
  for (const char c : text ? text->substr(0, text->find(':')) : "") {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (!is_control && name.size() < kMostBytes) name += c;
  }
  return name;
}

// Of one password, on a thread of its own.
struct StaffAuth::PasswordCheck {
  PasswordCheck(const Hash& of, std::string hash, std::string password, std::function<void()> wake)
      : hash_of_password(of),
        thread(
            [this, hash = std::move(hash), password = std::move(password), wake = std::move(wake)] {
              is_right = is_password(hash, password);
              done = true;
              wake();
            }) {}
  ~PasswordCheck() { thread.join(); }

  // For the check's end, when all who wait ask again. False: too many do.
  bool may_wait(const PeerAddress& peer, const Hash& hash) {
    if (hash == hash_of_password) return true;
    const std::pair<PeerAddress, Hash> asker(peer, hash);
    if (waiting.count(asker) != 0) return true;
    const auto beside = std::count_if(waiting.begin(), waiting.end(),
                                      [&](const auto& one) { return one.first == peer; });
    if (waiting.size() >= kMostWaiting || beside >= kMostWaitingOfOne) return false;
    waiting.insert(asker);
    return true;
  }

  const Hash hash_of_password;                     // the keyed one
  bool is_right = false;                           // once done
  std::set<std::pair<PeerAddress, Hash>> waiting;  // addresses and passwords; the loop's
  std::atomic<bool> done{false};
  std::thread thread;  // last: it uses the others
};

StaffAuth::StaffAuth() = default;
StaffAuth::StaffAuth(StaffAuth&&) noexcept = default;
StaffAuth& StaffAuth::operator=(StaffAuth&&) noexcept = default;
StaffAuth::~StaffAuth() = default;

StaffAuth StaffAuth::open_to_all() {
  return StaffAuth();
}

StaffAuth::Opened StaffAuth::make_temporary() {
  Opened opened{StaffAuth(), make_password()};
  opened.auth.asks_ = true;
  opened.auth.hash_ = hash_password(opened.new_password);
  randombytes_buf(opened.auth.memory_key_.data(), opened.auth.memory_key_.size());
  return opened;
}

Result<StaffAuth::Opened> StaffAuth::open(const std::string& directory) {
  const std::string file = directory + "/staff-password";
  Result<std::optional<std::string>> hash = read_private_file(file);
  if (!hash.ok()) return hash.status();
  if (hash.value()) {
    Opened opened{StaffAuth(), ""};
    opened.auth.asks_ = true;
    opened.auth.hash_ = *hash.value();
    randombytes_buf(opened.auth.memory_key_.data(), opened.auth.memory_key_.size());
    return opened;
  }
  Opened opened = make_temporary();
  if (opened.auth.hash_.empty()) {
    return Status(StatusCode::ResourceExhausted, "argon2id needs 64 MiB of free memory");
  }
  if (Status status = write_private_file(file, opened.auth.hash_); !status.ok()) return status;
  return opened;
}

void StaffAuth::stop() {
  wake_ = nullptr;
  running_.reset();
}

// What the thread found out, if it is through.
void StaffAuth::take_result() {
  if (running_ == nullptr || !running_->done) return;
  if (running_->is_right) {
    known_ = running_->hash_of_password;
  } else {
    wrong_.push_back(running_->hash_of_password);
  }
  // Those who asked and went away are not waited for.
  if (wrong_.size() > kMostWrong) wrong_.pop_front();
  running_.reset();
}

bool StaffAuth::was_wrong(const Hash& password) {
  const auto found = std::find(wrong_.begin(), wrong_.end(), password);
  if (found == wrong_.end()) return false;
  wrong_.erase(found);
  return true;
}

StaffAuth::Verdict StaffAuth::check(std::string_view authorization, const PeerAddress& peer,
                                    int64_t now_us) {
  if (!asks_) return Verdict::Welcome;
  take_result();
  std::optional<std::string> password = password_of(authorization);
  if (!password) return Verdict::AskPassword;
  const Hash hash = keyed_hash(memory_key_, *password);
  if (known_ && sodium_memcmp(hash.data(), known_->data(), hash.size()) == 0)
    return Verdict::Welcome;
  if (was_wrong(hash)) return Verdict::AskPassword;
  // One at a time: it takes 64 MiB.
  if (running_ != nullptr) {
    return running_->may_wait(peer.limit_key(), hash) ? Verdict::Pending : Verdict::TooMany;
  }
  if (!attempts_.allow(peer, now_us)) return Verdict::TooMany;
  if (wake_) {
    running_ = std::make_unique<PasswordCheck>(hash, hash_, std::move(*password), wake_);
    return Verdict::Pending;
  }
  if (!is_password(hash_, *password)) return Verdict::AskPassword;
  known_ = hash;
  return Verdict::Welcome;
}

}  // namespace vitrine
