// SPDX-License-Identifier: MIT
#include "server/providers/sandbox_pages.h"

#include <algorithm>

#include "engine/base/fill_in.h"
#include "engine/campaign/campaign.h"
#include "server/generated/sandbox_files.h"

namespace vitrine {

namespace {

struct Words {
  std::string_view lang, badge, note;
  std::string_view follow_title, follow_lead, person, somebody_new, sample_person;
  std::string_view follow, already, refuse, back;
  std::string_view pay_title, pay_lead, pay, decline, cancel;
  std::string_view testers, late, twice, silent, wrong;
  std::string_view over_title, over_lead;
};

constexpr Words kChinese = {"zh-CN",
                            "沙盒",
                            "这是演示用的沙盒，不是真的店铺，也不会真的扣款。",
                            "关注这家样品店？",
                            "关注之后就能回去继续领取，随时可以取消关注。",
                            "扮演哪一位顾客",
                            "一位新顾客",
                            "样品顾客 ",
                            "关注",
                            "我已经关注了",
                            "不关注",
                            "先返回",
                            "付款",
                            "付给样品店。",
                            "付款（沙盒）",
                            "模拟付款被拒",
                            "取消",
                            "测试用",
                            "付款，20 秒后才通知",
                            "付款，通知两次",
                            "付款，但不通知",
                            "付错金额",
                            "这一页已经结束",
                            "请回到刚才的页面。"};
constexpr Words kEnglish = {"en",
                            "Sandbox",
                            "This is a sandbox for demonstrations: no real shop, no real payment.",
                            "Follow this sample shop?",
                            "Then go back and carry on. You can unfollow at any time.",
                            "Whom to be",
                            "Somebody new",
                            "Sample shopper ",
                            "Follow",
                            "I follow it already",
                            "Do not follow",
                            "Go back",
                            "Pay",
                            "To the sample shop.",
                            "Pay (sandbox)",
                            "Act as if declined",
                            "Cancel",
                            "For testers",
                            "Pay, told 20 seconds later",
                            "Pay, told twice",
                            "Pay, never told",
                            "Pay a wrong amount",
                            "This page is over",
                            "Please go back to where you came from."};

const Words& words_in(std::string_view language) {
  return language.substr(0, 2) == "zh" ? kChinese : kEnglish;
}

std::string button(std::string_view choice, std::string_view label, bool first = false) {
  std::string html = "<button name=\"choice\" value=\"";
  html.append(choice).append(first ? "\" class=\"first\">" : "\">").append(label);
  return html.append("</button>\n");
}

std::string person(std::string_view value, std::string_view label, bool chosen) {
  std::string html = "<label><input type=\"radio\" name=\"member\" value=\"";
  html.append(value).append(chosen ? "\" checked>" : "\">").append(label);
  return html.append("</label>\n");
}

std::string page(const Words& words, std::string_view title, std::string_view lead,
                 std::string_view amount, std::string_view choices) {
  std::string html = kSandboxHtml;
  fill_in(html, "{lang}", words.lang);
  fill_in(html, "{badge}", words.badge);
  fill_in(html, "{note}", words.note);
  fill_in(html, "{title}", title);
  fill_in(html, "{lead}", lead);
  fill_in(html, "{amount}", amount);
  fill_in(html, "{choices}", choices);
  return html;
}

}  // namespace

std::string sandbox_follow_page(std::string_view language) {
  const Words& words = words_in(language);
  std::string choices = "<fieldset><legend>";
  choices.append(words.person).append("</legend>\n");
  choices += person("new", words.somebody_new, true);
  for (int i = 1; i <= kSandboxPeople; ++i) {
    const std::string number = std::to_string(i);
    choices += person("sample-" + number, std::string(words.sample_person) + number, false);
  }
  choices += "</fieldset>\n" + button("follow", words.follow, true);
  choices += button("already", words.already) + button("refuse", words.refuse);
  choices += button("back", words.back);
  return page(words, words.follow_title, words.follow_lead, "", choices);
}

std::string sandbox_payment_page(std::string_view language, const Money& amount) {
  const Words& words = words_in(language);
  const campaign::AmountText digits(amount.minor, amount.currency);
  std::string shown = "<p class=\"amount\">";
  shown.append(digits.view()).append(" ").append(amount.currency).append("</p>\n");
  std::string choices = button("pay", words.pay, true) + button("decline", words.decline);
  choices += button("cancel", words.cancel);
  choices.append("<details><summary>").append(words.testers).append("</summary>\n");
  choices += button("late", words.late) + button("twice", words.twice);
  choices += button("silent", words.silent) + button("wrong", words.wrong) + "</details>";
  return page(words, words.pay_title, words.pay_lead, shown, choices);
}

std::string sandbox_over_page(std::string_view language) {
  const Words& words = words_in(language);
  return page(words, words.over_title, words.over_lead, "", "");
}

std::string_view sandbox_style() {
  return kSandboxCss;
}

std::string_view form_field(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

}  // namespace vitrine
