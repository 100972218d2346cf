// SPDX-License-Identifier: MIT
#include "scenes/queue/queue_words.h"

#include "engine/base/fill_in.h"
#include "engine/campaign/language.h"

namespace vitrine::scenes {
namespace {

// None says "you" in Chinese: of its two forms the campaign's own words, which stand beside these,
// have one.
constexpr scene::EngineText kTexts[] = {
    {"queue.again", "再取一个号", "Take a new number"},
    {"queue.arrived_line", "碰一下屏幕就开始", "Touch it to begin"},
    {"queue.arrived_title", "屏幕准备好了", "The screen is yours"},
    {"queue.before", "前面还有 {before} 位", "{before} before you"},
    {"queue.called_line", "请到屏幕前", "Please come to the screen"},
    {"queue.called_title", "轮到 {number} 号了", "It's your turn"},
    {"queue.closed_line", "请到屏幕前重新扫码", "Please scan the code on the screen again"},
    {"queue.closed_title", "现在不用排队", "No line right now"},
    {"queue.full_line", "稍等一会儿再试", "Please try again in a little while"},
    {"queue.full_title", "排队的人有点多", "The line is full"},
    {"queue.give_up", "不等了", "Give up my number"},
    {"queue.here", "我到了", "I'm here"},
    {"queue.invited_line", "轮到时，手机会提醒", "Your phone tells you when it's your turn"},
    {"queue.invited_title", "屏幕有人在用", "The screen is in use"},
    {"queue.look", "先逛逛", "Look around"},
    {"queue.next", "下一个就轮到", "You are next"},
    {"queue.number", "排队号", "Your number"},
    {"queue.retry", "再试一次", "Try again"},
    {"queue.served_line", "慢慢玩", "Take your time"},
    {"queue.served_title", "可以开始了", "The screen is yours"},
    {"queue.skipped_line", "没关系，随时可以再取一个",
     "No problem. Take a new one whenever you like"},
    {"queue.skipped_title", "{number} 号已经过了", "Number {number} was called"},
    {"queue.take", "取号", "Take a number"},
    {"queue.waiting_line", "可以走开一会儿，号会留着", "You may walk around; your number is kept"},
    {"queue.waiting_title", "取好号了", "You have a number"},
};

std::string_view text_of(const scene::SceneContext& context, std::string_view key) {
  if (context.campaign.has_text(key)) return context.campaign.text(key, context.language);
  for (const scene::EngineText& text : kTexts) {
    if (text.key != key) continue;
    return campaign::is_chinese(context.language) ? text.chinese : text.english;
  }
  return key;
}

}  // namespace

std::string queue_words(const scene::SceneContext& context, std::string_view key,
                        const claim::QueueView& line) {
  const std::string whole = std::string("queue.").append(key);
  std::string words(text_of(context, whole));
  fill_in(words, "{number}", scene::NumberText(static_cast<int>(line.number)).view());
  fill_in(words, "{before}", scene::NumberText(static_cast<int>(line.before)).view());
  return words;
}

}  // namespace vitrine::scenes
