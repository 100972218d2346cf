// SPDX-License-Identifier: MIT
#include "server/tls_certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <utility>

namespace vitrine {

namespace {

constexpr int64_t kLookMs = 2000;
// Its own and its authorities': longer ones are no chain.
constexpr int kMostCertificates = 10;

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(STACK_OF(X509) * chain) const { sk_X509_pop_free(chain, X509_free); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

Status refuse(const std::string& file, const std::string& why) {
  ERR_clear_error();
  return Status(StatusCode::InvalidArgument, file + ": " + why);
}

// A key behind a password would ask for it on the terminal.
int no_password(char*, int, int, void*) {
  return 0;
}

Owned<BIO> open_file(const std::string& file) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(file, unknown)) return nullptr;
  return Owned<BIO>(BIO_new_file(file.c_str(), "r"));
}

std::string to_text(const ASN1_TIME* time) {
  Owned<BIO> bio(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(bio.get(), time);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

}  // namespace

struct TlsCertificate::Parts {
  Owned<X509> certificate;
  Owned<STACK_OF(X509)> chain;
  Owned<EVP_PKEY> key;

  bool use(SSL_CTX* context) const {
    return SSL_CTX_use_cert_and_key(context, certificate.get(), key.get(), chain.get(), 1) == 1;
  }
};

TlsCertificate::TlsCertificate(TlsFiles files) : files_(std::move(files)) {}
TlsCertificate::TlsCertificate(TlsCertificate&&) noexcept = default;
TlsCertificate& TlsCertificate::operator=(TlsCertificate&&) noexcept = default;
TlsCertificate::~TlsCertificate() = default;

Result<TlsCertificate> TlsCertificate::open(TlsFiles files) {
  TlsCertificate certificate(std::move(files));
  certificate.used_ = certificate.seen_ = certificate.look();
  if (Status status = certificate.load(); !status.ok()) return status;
  return certificate;
}

Status TlsCertificate::load() {
  auto parts = std::make_unique<Parts>();
  const Owned<BIO> in = open_file(files_.certificate);
  if (!in)
    return refuse(files_.certificate, "cannot be read; name a PEM file of --tls-certificate");
  parts->certificate.reset(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  if (!parts->certificate) return refuse(files_.certificate, "holds no certificate in PEM");
  parts->chain.reset(sk_X509_new_null());
  for (int i = 0; i < kMostCertificates; ++i) {
    X509* next = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr);
    if (next == nullptr) break;
    sk_X509_push(parts->chain.get(), next);
  }
  const Owned<BIO> key_in = open_file(files_.key);
  if (!key_in) {
    return refuse(files_.key, "cannot be read; the server's user must be able to read the key");
  }
  parts->key.reset(PEM_read_bio_PrivateKey(key_in.get(), nullptr, no_password, nullptr));
  if (!parts->key) return refuse(files_.key, "holds no private key in PEM, or one with a password");
  if (X509_check_private_key(parts->certificate.get(), parts->key.get()) != 1) {
    return refuse(files_.key, "is not the key of the certificate in " + files_.certificate);
  }
  const ASN1_TIME* end = X509_get0_notAfter(parts->certificate.get());
  if (X509_cmp_current_time(end) < 0) {
    return refuse(files_.certificate, "was valid until " + to_text(end) + "; renew it");
  }
  // By what this system asks of keys: a short one passes everything above.
  const Owned<SSL_CTX> trial(SSL_CTX_new(TLS_server_method()));
  if (!parts->use(trial.get())) {
    const char* why = ERR_reason_error_string(ERR_peek_last_error());
    return refuse(files_.certificate, std::string("OpenSSL refuses it: ") + (why ? why : "?"));
  }
  ERR_clear_error();  // the end of a file is one
  parts_ = std::move(parts);
  return Status();
}

bool TlsCertificate::attach(ssl_ctx_st* context) {
  context_ = context;
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS);  // most connections say nothing most of the time
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 && parts_->use(context);
}

TlsCertificate::State TlsCertificate::look() const {
  std::error_code unknown;
  State state;
  state.certificate_time = std::filesystem::last_write_time(files_.certificate, unknown);
  state.certificate_size = std::filesystem::file_size(files_.certificate, unknown);
  state.key_time = std::filesystem::last_write_time(files_.key, unknown);
  state.key_size = std::filesystem::file_size(files_.key, unknown);
  return state;
}

std::string TlsCertificate::poll(int64_t now_ms) {
  if (now_ms - looked_ms_ < kLookMs) return "";
  looked_ms_ = now_ms;
  const State now = look();
  if (std::exchange(seen_, now) != now || now == used_) return "";
  used_ = now;
  const Status status = load();
  if (!status.ok()) return status.message() + "; the certificate before stays\n";
  if (context_ != nullptr && !attach(context_)) {
    return refuse(files_.certificate, "OpenSSL does not take it").message() + "\n";
  }
  return files_.certificate + ": the new certificate is used, valid until " +
         to_text(X509_get0_notAfter(parts_->certificate.get())) + "\n";
}

}  // namespace vitrine
