// SPDX-License-Identifier: MIT
// What is behind a face: rooms, shelves, crowds of mannequins, patterns, posters with drawn faces,
// streets. All of it is procedural, and nothing in it is a person's face: such pictures are also
// the detector's examples of "nobody is here".
#pragma once

#include <vector>

#include "tools/vision/render/paint_box.h"

namespace vitrine::faces {

// A square picture, linear light.
Sheet sample_background(Rng rng);

// The parts, each fills or decorates a sheet.
void paint_room(Sheet& sheet, Rng& rng);
void paint_shelf_wall(Sheet& sheet, Rng& rng);
void paint_street(Sheet& sheet, Rng& rng);
void paint_lights(Sheet& sheet, Rng& rng);
void paint_pattern(Sheet& sheet, Rng& rng);
void paint_clutter(Sheet& sheet, Rng& rng);
void paint_mannequins(Sheet& sheet, Rng& rng);
void paint_posters(Sheet& sheet, Rng& rng);

}  // namespace vitrine::faces
