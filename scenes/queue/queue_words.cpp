// SPDX-License-Identifier: MIT
#include "scenes/queue/queue_words.h"

#include <algorithm>
#include <iterator>

#include "engine/base/fill_in.h"
#include "engine/campaign/language.h"

namespace vitrine::scenes {
namespace {

constexpr scene::EngineText kTexts[] = {
    {"queue.again", "再取一个号", "Take a new number"},
    {"queue.arrived_line", "碰一下屏幕就开始", "Touch the screen to begin"},
    {"queue.arrived_title", "屏幕在等您", "The screen is yours"},
    {"queue.before", "前面还有 {before} 位", "{before} before you"},
    {"queue.busy", "现在人太多，请再点一次", "Very busy right now. Please tap once more"},
    {"queue.called_line", "请在 30 秒内到屏幕前", "Please come within 30 seconds"},
    {"queue.called_title", "轮到您了，请到屏幕前", "It's your turn, go to the screen"},
    {"queue.closed_line", "请到屏幕前重新扫码", "Please scan the code on the screen again"},
    {"queue.closed_title", "这里现在不排队", "No line here right now"},
    {"queue.done", "看看色号", "Look at the shades"},
    {"queue.full_line", "稍等一会儿再试", "Please try again in a little while"},
    {"queue.full_title", "排队的人有点多", "The line is full"},
    {"queue.give_up", "不等了", "Give up my number"},
    {"queue.here", "我到了", "I'm here"},
    {"queue.invited_line", "取个号，到您时手机会告诉您",
     "Take a number; your phone tells you when it's your turn"},
    {"queue.invited_title", "屏幕有人在用", "Somebody is at the screen"},
    {"queue.look", "先看看色号", "Look at the shades meanwhile"},
    {"queue.next", "下一位就是您", "You are next"},
    {"queue.not_connected", "网络断了，号还在；连上就更新",
     "No network. Your number is kept."},
    {"queue.not_now", "先不用", "Not now"},
    {"queue.number", "您的号", "Your number"},
    {"queue.served_line", "慢慢玩", "Take your time"},
    {"queue.served_title", "轮到您了", "It was your turn"},
    {"queue.skipped_line", "没关系，随时可以再取一个号",
     "No problem. Take a new one whenever you like"},
    {"queue.skipped_title", "{number} 号已经过了", "Number {number} was called"},
    {"queue.take", "取号", "Take a number"},
    {"queue.waiting_line", "可以走开一会儿，号会留着", "You may walk around; your number is kept"},
    {"queue.waiting_title", "取好号了", "You have a number"},
};

std::string_view text_of(const scene::SceneContext& context, std::string_view key) {
  if (context.campaign.has_text(key)) return context.campaign.text(key, context.language);
  const auto* found = std::find_if(std::begin(kTexts), std::end(kTexts),
                                   [&](const scene::EngineText& text) { return text.key == key; });
  if (found == std::end(kTexts)) return key;
  return campaign::is_chinese(context.language) ? found->chinese : found->english;
}

}  // namespace

std::string queue_words(const scene::SceneContext& context, std::string_view key,
                        const claim::QueueView& line) {
  std::string words(text_of(context, key));
  fill_in(words, "{number}", scene::NumberText(static_cast<int>(line.number)).view());
  fill_in(words, "{before}", scene::NumberText(static_cast<int>(line.before)).view());
  return words;
}

}  // namespace vitrine::scenes
