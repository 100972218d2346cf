// SPDX-License-Identifier: MIT
#include "server/store/store.h"

namespace vitrine {
namespace {

Status bad_row(std::string_view what, uint64_t sequence) {
  return {StatusCode::InvalidArgument,
          "append: " + std::string(what) + ", sequence " + std::to_string(sequence)};
}

Status check_place(const Group& group, uint32_t update, uint64_t first, uint64_t last) {
  if (update >= group.streams.size()) return bad_row("no such stream in the group", first);
  const StreamUpdate& stream = group.streams[update];
  if (first > last) return bad_row("a range that ends before it begins", first);
  if (first <= stream.mark_before || last > stream.mark_after) {
    return bad_row("outside of what the group settles", first);
  }
  return {};
}

}  // namespace

void Group::clear() {
  streams.clear();
  rows.clear();
  quarantined.clear();
  losses.clear();
  texts.clear();
}

int RetentionPolicy::days_for(std::string_view campaign) const {
  const auto found = days_by_campaign.find(std::string(campaign));
  return found == days_by_campaign.end() ? default_days : found->second;
}

Status check_group(const Group& group) {
  for (const StreamUpdate& stream : group.streams) {
    if (stream.mark_after < stream.mark_before)
      return bad_row("a mark that falls", stream.mark_after);
  }
  for (const RowToStore& row : group.rows) {
    Status status = check_place(group, row.update, row.sequence, row.sequence);
    if (!status.ok()) return status;
  }
  for (const QuarantinedRow& row : group.quarantined) {
    Status status = check_place(group, row.update, row.sequence, row.sequence);
    if (!status.ok()) return status;
  }
  for (const LossRange& loss : group.losses) {
    Status status = check_place(group, loss.update, loss.first, loss.last);
    if (!status.ok()) return status;
  }
  return {};
}

}  // namespace vitrine
