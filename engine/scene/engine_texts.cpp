// SPDX-License-Identifier: MIT
#include "engine/scene/engine_texts.h"

#include <charconv>

#include "engine/base/fill_in.h"
#include "engine/campaign/language.h"

namespace vitrine::scene {
namespace {

constexpr EngineText kTexts[] = {
    {"access.close", "收起", "Close"},
    {"access.done", "好了", "Done"},
    {"access.high_contrast", "高对比度", "High contrast"},
    {"access.high_contrast_hint", "黑字白底，背景安静", "Black on white, plain grounds"},
    {"access.hint", "只在您使用时有效，离开后恢复原样",
     "For your visit; it goes back when you leave"},
    {"access.large_text", "大字", "Larger text"},
    {"access.large_text_hint", "字和按钮都更大", "Bigger words and buttons"},
    {"access.open", "无障碍设置", "Accessibility"},
    {"access.reach", "低位操作", "Lower controls"},
    {"access.reach_hint", "移到坐着也够得到的地方", "Within reach while seated"},
    {"access.reduced_motion", "减少动画", "Less motion"},
    {"access.reduced_motion_hint", "画面安静下来", "The picture keeps still"},
    {"access.speech", "朗读", "Read aloud"},
    {"access.speech_hint", "选到什么，读出什么", "Says what you select"},
    {"access.title", "怎样更方便？", "Make it easier to use"},
    {"claim.statistics_refused", "浏览器已拒绝统计，我们照做",
     "Your browser says no to statistics: so do we"},
    {"claim.to_home", "添加到主屏幕", "Add to home screen"},
    {"claim.to_home_how", "点“分享”，再点“添加到主屏幕”", "Tap Share, then Add to Home Screen"},
    {"cleaning.hint", "请稍等，马上回来", "Back in a moment"},
    {"cleaning.title", "正在擦拭屏幕", "We are cleaning this screen"},
    {"idle.end", "结束", "Finish"},
    {"idle.hint", "没人点的话，这里会清空，留给下一位",
     "If nobody taps, this clears\nfor the next person"},
    {"idle.left", "还有 {seconds} 秒", "{seconds} seconds left"},
    {"idle.stay", "我还在，接着看", "I'm here, keep going"},
    {"idle.title", "还在看吗？", "Still there?"},
    {"language.choose", "选择语言", "Choose a language"},
    {"night.line", "{time} 见", "See you at {time}"},
    {"night.scan", "扫一扫，用手机先逛逛", "Scan to browse on your phone"},
};

}  // namespace

std::span<const EngineText> engine_texts() {
  return kTexts;
}

std::string_view text_of(const campaign::Campaign& campaign, std::string_view key,
                         std::string_view language) {
  if (campaign.has_text(key)) return campaign.text(key, language);
  for (const EngineText& text : kTexts) {
    if (text.key == key) return campaign::is_chinese(language) ? text.chinese : text.english;
  }
  return key;
}

std::string_view title_of(const campaign::Campaign& campaign, std::string_view language) {
  constexpr std::string_view kTitle = "page.title";
  return campaign.has_text(kTitle) ? campaign.text(kTitle, language) : campaign.brand(language);
}

NumberText::NumberText(int number) {
  char* const begin = digits_.data();
  size_ = static_cast<size_t>(std::to_chars(begin, begin + digits_.size(), number).ptr - begin);
}

std::string with_seconds(std::string_view text, int seconds) {
  std::string filled(text);
  fill_in(filled, "{seconds}", NumberText(seconds).view());
  return filled;
}

}  // namespace vitrine::scene
