// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "native/tools/command.h"
#include "native/tools/neighbour.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine track INPUT [OPTION]...\n"
    "       vitrine track --camera ID [OPTION]...\n"
    "       vitrine track --list\n"
    "Runs the face tracker over a film (.y4m, .mjpeg, .mp4) or a camera of this machine and says\n"
    "what it sees: a line of JSON a picture (docs/vision/track.md). A tool for developers.\n\n"
    "It stores what you tell it to and nothing else: landmarks of faces with --json FILE, "
    "pictures\n"
    "of whoever is before the camera with --overlay. Ask them first, delete it afterwards.\n\n"
    "  --camera ID      a camera by its id, or `first`; Ctrl-C ends\n"
    "  --list           show the cameras' ids and names and end\n"
    "  --json FILE      lines of JSON to FILE; - is standard output, and the default without\n"
    "                   --overlay\n"
    "  --overlay FILE   what was seen, drawn over the last picture, as FILE.png; any other name\n"
    "                   without a picture's or film's ending is a folder that gets a file a "
    "picture\n"
    "  --every N        only every Nth picture into the folder\n"
    "  --frames N       end after N pictures\n"
    "  --luma           give the tracker brightness without colours\n"
    "  --models DIR     where the four files of weights are\n\n"
    "A film that is broken or none at all exits with 1, after what could be read of it.\n";

int run(const CommandContext& context) {
  std::vector<std::string> arguments(context.arguments.begin(), context.arguments.end());
  std::fflush(context.out);
  const Status failed = become_neighbour("vitrine-track", std::move(arguments));
  return environment_error(
      context, "track",
      failed.message() + "; `./dev build` makes it, where FFmpeg's libraries are (VITRINE_MEDIA)");
}

}  // namespace

extern const Command command_track;
const Command command_track = {"track", "run the face tracker over a film or a camera", kHelp, run};

}  // namespace vitrine::tools
