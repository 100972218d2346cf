// SPDX-License-Identifier: MIT
// claim_codes FOLDER [STATE WIDTH HEIGHT]…: draws these states of the claim's scene into
// FOLDER/0.png and so on, for claim_codes_test.py. 77: no GLES 3 here.
#include <cstdlib>
#include <string>

#include "native/image_files.h"
#include "tests/app/app_fixture.h"
#include "tests/fakes/offscreen_context.h"

int main(int count, char** arguments) {
  using namespace vitrine;
  using namespace vitrine::test;
  constexpr int kLargest = 960;
  if (count < 2) return 2;
  const auto context = OffscreenContext::create(kLargest, kLargest);
  if (!context) return 77;
  AppFixture fixture;
  fixture.app->context_created();
  if (!fixture.show_sample()) return 2;
  for (int i = 2; i + 2 < count; i += 3) {
    fixture.resize({static_cast<float>(std::atoi(arguments[i + 1])),
                    static_cast<float>(std::atoi(arguments[i + 2]))});
    if (!fixture.app->show_state("claim", arguments[i])) return 2;
    fixture.run(3);  // until its drawings are there
    const Result<Image> pixels = fixture.app->read_pixels();
    const std::string file = std::string(arguments[1]) + "/" + std::to_string((i - 2) / 3) + ".png";
    if (!pixels.ok() || !write_png(pixels.value(), file).ok()) return 1;
  }
  return 0;
}
