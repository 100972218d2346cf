// SPDX-License-Identifier: MIT
// What the console is told, as JSON (docs/openapi.yaml). Codes of vouchers leave here masked;
// holders, members and sessions never do.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/json/json_writer.h"
#include "server/claims/claim_store.h"
#include "server/live_view.h"
#include "server/staff/publisher.h"
#include "server/store/device_registry.h"

namespace vitrine {

using Held = std::map<std::string, int64_t>;  // by pool

void write_campaign_list(const Publisher& publisher, JsonWriter& json);
// `versions`: newest first. `pool`: as Publisher::Parts has it.
void write_campaign(const Publisher& publisher, const CampaignVersion& now,
                    std::span<const CampaignVersion> versions,
                    const std::function<const Pool*(std::string_view)>& pool, JsonWriter& json);
void write_version(const CampaignVersion& version, JsonWriter& json);
void write_problems(std::span<const PublishProblem> problems, JsonWriter& json);
void write_pools(std::span<const Pool> pools, const Held& held, JsonWriter& json);
void write_claim(const Claim& claim, JsonWriter& json);
void write_screens(std::span<const Device> devices,
                   const std::map<std::string, LiveView::Seen>& seen, JsonWriter& json);
void write_audit(std::span<const AuditLine> lines, JsonWriter& json);
// null: nothing is stopped.
void write_stop(const std::optional<StopOrder>& stop, JsonWriter& json);

}  // namespace vitrine
