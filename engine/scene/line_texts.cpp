// SPDX-License-Identifier: MIT
#include "engine/scene/line_texts.h"

#include "engine/campaign/language.h"
#include "engine/scene/engine_texts.h"

namespace vitrine::scene {
namespace {

constexpr EngineText kTexts[] = {
    {"line.come", "请在 30 秒内到屏幕前", "Please come to the screen within 30 seconds"},
    {"line.here", "我在", "I'm here"},
    {"line.is_it_you", "您是 {number} 号吗？", "Are you number {number}?"},
    {"line.no_number", "我没有号", "I have no number"},
    {"line.sign", "排队取号", "Take a number"},
    {"line.sign_label", "排队：扫码用手机取号",
     "Waiting for this screen? Scan to take a number on your phone"},
    {"line.wait_a_moment", "谢谢，请稍等；没人来就轮到您",
     "Thank you. If nobody comes, it's yours"},
    {"line.your_turn", "请 {number} 号", "Number {number}, please"},
};

}  // namespace

std::string_view line_text(const campaign::Campaign& campaign, std::string_view key,
                           std::string_view language) {
  if (campaign.has_text(key)) return campaign.text(key, language);
  for (const EngineText& text : kTexts) {
    if (text.key == key) return campaign::is_chinese(language) ? text.chinese : text.english;
  }
  return key;
}

}  // namespace vitrine::scene
