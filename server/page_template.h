// SPDX-License-Identifier: MIT
// The page before there is an engine: a campaign's words and colours, put into the page's template
// (wasm/page/index.html; wasm/page/build_page.py fills the one campaign that is built in, to the
// same bytes). Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/campaign/campaign.h"

namespace vitrine {

// What stands for each {{mark}}, already escaped for where it stands in the HTML.
using PageMarks = std::map<std::string, std::string, std::less<>>;

// The colour that the page begins with, "#rrggbb".
std::string page_background(const campaign::Campaign& campaign);

PageMarks page_marks(const campaign::Campaign& campaign);

// The template with each known mark replaced, once: what a campaign's words contain is never
// taken for a mark. Unknown marks stay.
std::string fill_page(std::string_view page_template, const PageMarks& marks);

std::string escape_html(std::string_view text);

}  // namespace vitrine
