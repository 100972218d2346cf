// SPDX-License-Identifier: MIT
#include "native/media/av_handles.h"

#include <cerrno>

namespace vitrine::media {
namespace {

StatusCode code_of(int error) {
  switch (error) {
    case AVERROR(ENOENT):
    case AVERROR(ENODEV):
    case AVERROR(ENXIO):
      return StatusCode::NotFound;
    case AVERROR(EACCES):
    case AVERROR(EPERM):
      return StatusCode::PermissionDenied;
    case AVERROR(EBUSY):
    case AVERROR(EAGAIN):
    case AVERROR(ETIMEDOUT):
    case AVERROR(EIO):
      return StatusCode::Unavailable;
    case AVERROR(ENOMEM):
      return StatusCode::ResourceExhausted;
    case AVERROR_EOF:
      return StatusCode::DataLoss;
    default:
      return StatusCode::InvalidArgument;
  }
}

}  // namespace

Status av_problem(const std::string& place, int error) {
  char words[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, words, sizeof(words));
  return {code_of(error), place + ": " + words};
}

}  // namespace vitrine::media
