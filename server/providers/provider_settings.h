// SPDX-License-Identifier: MIT
// A provider outside of the server, as its file says (docs/providers.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "server/webhooks/webhook_signature.h"

namespace vitrine {

struct ProviderSettings {
  std::string name;                    // a-z 0-9 -, at most 32 bytes; not "sandbox"
  std::string url;                     // what its calls are appended to, without a slash at its end
  std::vector<WebhookSecret> send;     // sign what it is asked, the newest first; one or two
  std::vector<WebhookSecret> receive;  // sign what it tells
};

// "NAME=FILE" of the command line. InvalidArgument: what is wrong, with the file's line; no secret
// is ever repeated.
Result<ProviderSettings> read_provider_settings(std::string_view option);

// The file's text. `file`: its name, for messages.
Result<ProviderSettings> parse_provider_settings(std::string_view name, std::string_view file,
                                                 std::string_view text);

}  // namespace vitrine
