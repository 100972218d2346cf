// SPDX-License-Identifier: MIT
#include "tests/server/test_certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>

namespace vitrine::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

Certificate sign(EVP_PKEY* key, long valid_seconds) {
  Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -172800);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_seconds);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_set_pubkey(certificate.get(), key);
  REQUIRE(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
  return certificate;
}

// Whole or not at all, as renewals do.
void replace(const std::string& path, const std::function<int(FILE*)>& write) {
  const std::string fresh = path + ".new";
  FILE* file = std::fopen(fresh.c_str(), "w");
  REQUIRE(file != nullptr);
  CHECK(write(file) == 1);
  std::fclose(file);
  std::filesystem::rename(fresh, path);
}

}  // namespace

void write_certificate(const TlsFiles& files, const CertificateOptions& options) {
  const Key key(options.short_key ? EVP_RSA_gen(512) : EVP_EC_gen("P-256"), EVP_PKEY_free);
  REQUIRE(key);
  const Certificate certificate = sign(key.get(), options.valid_seconds);
  replace(files.certificate, [&](FILE* file) { return PEM_write_X509(file, certificate.get()); });
  replace(files.key, [&](FILE* file) {
    const EVP_CIPHER* cipher = options.with_password ? EVP_aes_128_cbc() : nullptr;
    auto* password =
        reinterpret_cast<const unsigned char*>(options.with_password ? "word" : nullptr);
    return PEM_write_PrivateKey(file, key.get(), cipher, password, cipher ? 4 : 0, nullptr,
                                nullptr);
  });
}

}  // namespace vitrine::test
