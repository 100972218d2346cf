// SPDX-License-Identifier: MIT
#include "scenes/props/claim_places.h"

#include <vector>

#include "scenes/props/bands.h"

namespace vitrine::scenes {
namespace {

using claim::Role;
using claim::Stage;

// A page is two columns of bands where the screen lies, and one below the other where it stands.
struct Columns {
  std::vector<Band> picture, words;
};

class Placing {
 public:
  Placing(const ClaimNeeds& needs, const ui::Metrics& metrics, ClaimPlaces& places)
      : needs_(needs), places_(places), phone_(metrics.phone()), target_(metrics.target) {}

  void screen(Columns& to, float picture, float least, float steps_gap);
  void invited(Columns& to);
  void agreeing(Columns& to);
  void provider(Columns& to);
  void prize(Columns& to);
  void ended(Columns& to, bool deep);
  void number(Columns& to);

 private:
  // What a phone's design says where it is not the kiosk's in small.
  float size(float kiosk, float phone) const { return phone_ ? phone : kiosk; }
  float touch(float height) const { return height > target_ ? height : target_; }
  void title(std::vector<Band>& to, float gap);
  void card(std::vector<Band>& to, float gap, uint8_t dispensable);
  void buttons(std::vector<Band>& to, bool ghost);

  const ClaimNeeds& needs_;
  ClaimPlaces& places_;
  bool phone_;
  float target_;
};

void Placing::title(std::vector<Band>& to, float gap) {
  to.push_back({&places_.title, size(126, 46), size(96, 30), gap});
  to.push_back({&places_.line, size(100, 44), size(62, 22), size(12, 8)});
}

void Placing::card(std::vector<Band>& to, float gap, uint8_t dispensable) {
  to.push_back({&places_.card, size(176, 120), size(130, 60), gap, dispensable});
}

void Placing::buttons(std::vector<Band>& to, bool ghost) {
  if (needs_.primary) {
    to.push_back({&places_.primary, touch(size(136, 60)), touch(size(112, 46)), size(40, 20)});
  }
  if (!needs_.secondary) return;
  const float least = touch(size(88, 44));
  const float gap = needs_.primary ? size(28, 12) : size(52, 24);
  to.push_back({&places_.secondary, ghost ? touch(size(104, 52)) : least, least, gap});
}

// `picture`: how high it is, and at least; points of the kiosk's design.
void Placing::screen(Columns& to, float picture, float least, float steps_gap) {
  title(to.words, 0);
  to.picture.push_back(
      {&places_.picture, picture * size(1, 0.45f), least * size(1, 0.5f), size(40, 16)});
  to.words.push_back({&places_.pill, size(92, 40), size(76, 36), size(40, 16)});
  to.words.push_back({&places_.steps, size(156, 74), size(140, 66), size(steps_gap, 18), 3});
  card(to.words, size(44, 18), 2);
  buttons(to.words, false);
  to.words.push_back({&places_.small_print, size(40, 18), size(36, 16), size(24, 12), 4});
}

void Placing::invited(Columns& to) {
  to.picture.push_back({&places_.card, size(420, 150), size(220, 84), 0});
  title(to.words, size(70, 28));
  to.words.push_back({&places_.steps, size(156, 74), size(140, 66), size(48, 18), 2});
  if (needs_.note) to.words.push_back({&places_.pill, size(92, 40), size(76, 36), size(32, 14), 1});
  if (needs_.notice) {
    to.words.push_back({&places_.notice, size(104, 48), size(92, 40), size(24, 10)});
  }
  buttons(to.words, true);
  to.words.push_back({&places_.small_print, size(40, 18), size(36, 16), size(24, 12), 4});
}

void Placing::agreeing(Columns& to) {
  // What is agreed to has the room before the product has.
  to.picture.push_back({&places_.card, size(320, 104), size(130, 44), 0, 1});
  to.picture.push_back({&places_.marks, touch(size(88, 44)), touch(size(88, 44)), size(28, 12)});
  to.picture.push_back({&places_.title, size(88, 38), size(72, 30), size(32, 14), 3});
  const float facts = size(168, needs_.notice ? 84 : 108);
  to.picture.push_back({&places_.facts, size(330, 162), facts, size(24, 10)});
  if (needs_.notes) {
    const float link = touch(size(88, 44));
    // On a lying screen its column has the room.
    to.picture.push_back(
        {&places_.notes, link, link, size(20, 8), uint8_t(places_.beside ? 0 : 9)});
  }
  if (needs_.notice) {
    to.picture.push_back({&places_.notice, size(104, 48), size(92, 40), size(24, 10)});
  }
  const float box = touch(size(100, 48)), least = touch(size(88, 44));
  to.words.push_back({&places_.terms, box, least, size(32, 14)});
  if (needs_.guardian) to.words.push_back({&places_.guardian, box, least, size(16, 8)});
  const float question = size(56, 24), least_question = size(48, 20);
  const float answers = needs_.refused ? 0 : touch(size(88, 44));
  const float least_answers = needs_.refused ? 0 : touch(size(80, 44));
  to.words.push_back(
      {&places_.statistics, answers + question, least_answers + least_question, size(20, 10)});
  buttons(to.words, false);
  to.words.push_back({&places_.small_print, size(40, 18), size(36, 16), size(16, 6), 4});
}

void Placing::provider(Columns& to) {
  to.picture.push_back({&places_.card, size(320, 140), size(176, 64), 0});
  to.picture.push_back({&places_.marks, touch(size(88, 44)), touch(size(88, 44)), size(28, 12), 2});
  title(to.words, size(40, 22));
  to.words.push_back({&places_.steps, size(156, 74), size(140, 66), size(48, 18), 3});
  to.words.push_back({&places_.pill, size(92, 40), size(76, 36), size(32, 14)});
  if (needs_.notice) {
    to.words.push_back({&places_.notice, size(104, 48), size(92, 40), size(24, 10)});
  }
  buttons(to.words, false);
  to.words.push_back({&places_.small_print, size(40, 18), size(36, 16), size(16, 6), 4});
}

void Placing::prize(Columns& to) {
  to.words.push_back({&places_.title, size(150, 60), size(110, 36), size(20, 0)});
  to.words.push_back({&places_.line, size(62, 26), size(50, 22), size(16, 4), 2});
  to.picture.push_back({&places_.picture, size(1120, 456), size(420, 250), size(40, 16)});
  if (needs_.note) to.words.push_back({&places_.pill, size(92, 40), size(76, 36), size(52, 16)});
  buttons(to.words, true);
}

void Placing::ended(Columns& to, bool deep) {
  if (!deep) to.picture.push_back({&places_.card, size(320, 140), size(176, 60), 0, 1});
  if (deep) to.picture.push_back({&places_.picture, 480 * size(1, 0.45f), size(200, 100), 0, 1});
  title(to.words, size(60, 36));
  if (deep) card(to.words, size(60, 20), 2);
  buttons(to.words, true);
}

void Placing::number(Columns& to) {
  title(to.words, 0);
  to.picture.push_back({&places_.picture, size(640, 272), size(280, 104), size(40, 16)});
  if (needs_.note) to.words.push_back({&places_.pill, size(108, 48), size(80, 38), size(44, 18)});
  if (needs_.notice) {
    to.words.push_back({&places_.notice, size(104, 48), size(92, 40), size(24, 12)});
  }
  buttons(to.words, true);
}

Columns columns_of(ClaimPage page, bool deep, Placing placing) {
  Columns columns;
  switch (page) {
    case ClaimPage::Code:
      placing.screen(columns, 720, 300, 48);
      break;
    case ClaimPage::Together:
      placing.screen(columns, 560, 250, 56);
      break;
    case ClaimPage::Invited:
      placing.invited(columns);
      break;
    case ClaimPage::Agreeing:
      placing.agreeing(columns);
      break;
    case ClaimPage::Provider:
      placing.provider(columns);
      break;
    case ClaimPage::Prize:
      placing.prize(columns);
      break;
    case ClaimPage::Ended:
      placing.ended(columns, deep);
      break;
    case ClaimPage::Number:
      placing.number(columns);
      break;
  }
  return columns;
}

// Title and line stand above the picture, everything else below it.
std::vector<Band> one_below_the_other(const Columns& columns, bool words_first) {
  std::vector<Band> all;
  const auto middle = columns.words.begin() + (words_first ? 2 : 0);
  all.insert(all.end(), columns.words.begin(), middle);
  all.insert(all.end(), columns.picture.begin(), columns.picture.end());
  all.insert(all.end(), middle, columns.words.end());
  return all;
}

}  // namespace

ClaimPage claim_page(const claim::View& view) {
  const bool phone = view.role == Role::Phone;
  switch (view.stage) {
    case Stage::None:
    case Stage::Asking:
    case Stage::Waiting:
    case Stage::Invited:
    case Stage::Joining:
      return phone ? ClaimPage::Invited : ClaimPage::Code;
    case Stage::Agreeing:
      return phone ? ClaimPage::Agreeing : ClaimPage::Together;
    case Stage::Following:
    case Stage::Paying:
      return phone ? ClaimPage::Provider : ClaimPage::Together;
    case Stage::Issued:
    case Stage::Redeemed:
      return ClaimPage::Prize;
    case Stage::Ended:
      break;
  }
  return ClaimPage::Ended;
}

bool is_deep(const claim::View& view) {
  return view.role == Role::Screen || claim_page(view) == ClaimPage::Prize;
}

ClaimPlaces place_claim(ClaimPage page, bool deep, const ClaimNeeds& needs,
                        const ui::Metrics& metrics, float top) {
  ClaimPlaces places;
  places.unit = metrics.phone() ? 0.4f : 1.0f;
  places.beside = metrics.landscape();
  const Rect safe = metrics.safe();
  const bool phone = metrics.phone();
  const float foot = safe.bottom() - (phone ? (safe.height > 760 ? 34.0f : 12.0f) : 48.0f);
  const float first = top + (phone ? 16.0f : 44.0f);
  const float side = metrics.margin + (places.beside ? 44.0f : 0.0f);
  const Rect area{safe.x + side, first, safe.width - 2 * side, foot - first};
  const Columns columns = columns_of(page, deep, Placing(needs, metrics, places));
  if (places.beside) {
    const float gap = 90, left = (area.width - gap) * (page == ClaimPage::Agreeing ? 0.5f : 0.46f);
    lay_out_bands({area.x, area.y, left, area.height}, columns.picture);
    lay_out_bands({area.x + left + gap, area.y, area.width - left - gap, area.height},
                  columns.words);
  } else {
    const bool words_first = deep && page != ClaimPage::Ended;
    // A calm page with little on it would leave half of a tall phone empty below its button.
    const bool sparse = page == ClaimPage::Invited || page == ClaimPage::Ended;
    lay_out_bands(area, one_below_the_other(columns, words_first), deep || sparse ? 0.4f : 0);
  }
  if (needs.notes && places.notes.height <= 0) {
    places.notes = places.secondary;
    places.secondary.width *= 0.4f;
    places.notes.x += places.notes.width * 0.43f;
    places.notes.width *= 0.57f;
  }
  if (page == ClaimPage::Agreeing) {
    // The link stands at the right end of the marks.
    places.link = places.marks;
    places.link.x += places.marks.width * 0.6f;
    places.link.width *= 0.4f;
    places.marks.width *= 0.58f;
  }
  // The head reaches down behind the card.
  if (!deep) places.head = places.beside ? top + 20 : places.card.y + 0.62f * places.card.height;
  return places;
}

}  // namespace vitrine::scenes
