// SPDX-License-Identifier: MIT
// The files of weights that the tracker runs on.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/vision/face_models.h"

namespace vitrine::track {

constexpr const char* kModelFiles[] = {"detector.net", "landmarks.net", "lips.net", "eye.net"};

// Where they are for an option's FOLDER, as read_models() says.
std::filesystem::path models_folder(const std::string& folder);

// detector.net, landmarks.net, lips.net and eye.net in FOLDER; "": share/vitrine/models beside the
// folder of this program, else assets/models of where it was started. NotFound, or what is wrong
// with a file.
Result<std::unique_ptr<FaceModels>> read_models(const std::string& folder);

}  // namespace vitrine::track
