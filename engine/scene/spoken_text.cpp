// SPDX-License-Identifier: MIT
#include "engine/scene/spoken_text.h"

#include <array>

#include "engine/base/utf8.h"
#include "engine/campaign/language.h"

namespace vitrine::scene {
namespace {

using ui::Role;
using ui::Toggle;

constexpr size_t kRoles = static_cast<size_t>(Role::Link) + 1;

struct Words {
  std::string_view comma, yuan;
  std::array<std::string_view, kRoles> roles;  // in the order of ui::Role; "": goes without saying
  std::string_view selected, disabled;
  std::string_view on, off, chosen, not_chosen, open, closed;
  std::string_view volume, per_cent, silent;
};

constexpr Words kEnglish = {", ",
                            " yuan",
                            {"",
                             "heading",
                             "button",
                             "picture",
                             "row, left and right to move",
                             "card",
                             "",
                             "dialog",
                             "",
                             "",
                             "",
                             "",
                             "choice",
                             "switch",
                             "tick box",
                             "slider, left and right to change",
                             "number, left and right to change",
                             "text field",
                             "progress",
                             "link"},
                            "selected",
                            "not available",
                            "on",
                            "off",
                            "chosen",
                            "not chosen",
                            "open",
                            "closed",
                            "Volume ",
                            " per cent",
                            "Sound off"};
constexpr Words kChinese = {"，",
                            "元",
                            {"",
                             "标题",
                             "按钮",
                             "图片",
                             "一排，可左右移动",
                             "卡片",
                             "",
                             "对话框",
                             "",
                             "",
                             "",
                             "",
                             "单选",
                             "开关",
                             "复选框",
                             "滑块，可左右调整",
                             "数字，可左右调整",
                             "输入框",
                             "进度",
                             "链接"},
                            "已选中",
                            "不可用",
                            "开",
                            "关",
                            "已选",
                            "未选",
                            "已展开",
                            "已收起",
                            "音量百分之",
                            "",
                            "声音已关"};

const Words& words_of(std::string_view language) {
  return campaign::is_chinese(language) ? kChinese : kEnglish;
}

std::string_view role_word(const ui::SemanticNode& node, const Words& words) {
  const std::string_view word = words.roles[static_cast<size_t>(node.role)];
  const bool said = !word.empty() || !node.activatable;
  return said ? word : words.roles[static_cast<size_t>(Role::Button)];
}

std::string_view checked_word(const ui::SemanticNode& node, const Words& words) {
  if (node.state.checked == Toggle::None) return {};
  const bool on = node.state.checked == Toggle::On;
  if (node.role == Role::Radio || node.role == Role::Checkbox) {
    return on ? words.chosen : words.not_chosen;
  }
  return on ? words.on : words.off;
}

std::string_view expanded_word(Toggle expanded, const Words& words) {
  if (expanded == Toggle::None) return {};
  return expanded == Toggle::On ? words.open : words.closed;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Where the number at `at` ends. A comma or a full stop behind its last digit is the sentence's.
size_t end_of_number(std::string_view text, size_t at) {
  size_t end = at;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == '.' || text[at] == ','); ++at) {
    if (is_digit(text[at])) end = at + 1;
  }
  return end;
}

// Marks that stand for nothing spoken: bullets, arrows, dingbats, private letters of icon fonts.
bool is_only_seen(char32_t point) {
  return point == 0x2022 || point == 0x00B7 || (point >= 0x2190 && point <= 0x21FF) ||
         (point >= 0x2500 && point <= 0x27BF) || (point >= 0xE000 && point <= 0xF8FF);
}

}  // namespace

std::string read_out(std::string_view text, std::string_view language) {
  const Words& words = words_of(language);
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t point = next_code_point(text, at);
    if (point == 0x00A5 || point == 0xFFE5) {
      const size_t number = at;
      at = end_of_number(text, at);
      result.append(text.substr(number, at - number)).append(words.yuan);
    } else if (is_only_seen(point)) {
      result += ' ';
    } else {
      result.append(text.substr(start, at - start));
    }
  }
  return result;
}

std::string spoken_text(const ui::SemanticNode& node, std::string_view language) {
  if (node.label.empty() && node.value.empty()) return {};
  const Words& words = words_of(language);
  std::string text = read_out(node.label, language);
  const auto add = [&](std::string_view word) {
    if (word.empty()) return;
    if (!text.empty()) text.append(words.comma);
    text.append(word);
  };
  add(role_word(node, words));
  add(read_out(node.value, language));
  add(checked_word(node, words));
  add(expanded_word(node.state.expanded, words));
  if (node.state.selected) add(words.selected);
  if (node.state.disabled) add(words.disabled);
  add(read_out(node.description, language));
  return text;
}

std::string spoken_volume(int percent, bool muted, std::string_view language) {
  const Words& words = words_of(language);
  if (muted || percent == 0) return std::string(words.silent);
  return std::string(words.volume) + std::to_string(percent) + std::string(words.per_cent);
}

}  // namespace vitrine::scene
