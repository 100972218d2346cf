// SPDX-License-Identifier: MIT
// Certificates for tests, made here and now: good ones, and what may be wrong with one.
#pragma once

#include <string>

#include "server/tls_certificate.h"
#include "tests/server/temporary_directory.h"

namespace vitrine::test {

struct CertificateOptions {
  long valid_seconds = 90000;  // from now, a day and an hour; negative: it is over
  bool short_key = false;      // RSA of 512 bits, where OpenSSL wants 2048
  bool with_password = false;  // the key's file
};

// Writes certificate and key in PEM, self-signed, over what stands in these files.
void write_certificate(const TlsFiles& files, const CertificateOptions& options = {});

// A folder with a good pair in it.
struct CertificateFolder {
  TemporaryDirectory directory;
  TlsFiles files{directory.path() + "/server.crt", directory.path() + "/server.key"};

  CertificateFolder() { write_certificate(files); }
};

}  // namespace vitrine::test
