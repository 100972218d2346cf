// SPDX-License-Identifier: MIT
#include "engine/staff/words.h"

#include <array>

namespace vitrine::staff {
namespace {

struct Entry {
  Word word;
  const char* chinese;
  const char* english;
};

constexpr std::array<Entry, static_cast<size_t>(Word::kCount)> kWords = {{
    {Word::Title, "服务面板", "Service panel"},
    {Word::Close, "关闭", "Close"},
    {Word::OtherLanguage, "English", "中文"},
    {Word::EnterPin, "请输入密码", "Enter the PIN"},
    {Word::WrongPin, "密码错误，请等 %d 秒", "Wrong PIN: wait %d s"},
    {Word::TryAgain, "密码错误，请再试一次", "Wrong PIN: try again"},
    {Word::Checking, "正在核对", "Checking"},
    {Word::Ok, "确定", "OK"},
    {Word::Erase, "删除", "Erase"},
    {Word::NoPin, "尚未设置密码", "No PIN is set"},
    {Word::NoPinHow, "面板保持关闭。请在本机运行：\nvitrine-kiosk --set-pin --data 数据目录",
     "The panel stays closed. On this machine, run:\nvitrine-kiosk --set-pin --data DIR"},
    {Word::Frames, "画面", "Picture"},
    {Word::FrameTime, "帧间隔", "Frame to frame"},
    {Word::TouchLatency, "触摸到显示", "Touch to display"},
    {Word::Median, "中位", "p50"},
    {Word::Percentile95, "95%", "p95"},
    {Word::Worst, "最差", "worst"},
    {Word::Late, "迟到", "late"},
    {Word::Quality, "画质", "quality"},
    {Word::Records, "网络与记录", "Network and records"},
    {Word::Waiting, "待送", "Waiting"},
    {Word::WaitingFor, "已等", "Since"},
    {Word::Lost, "丢失", "Lost"},
    {Word::Refused, "被拒", "Refused"},
    {Word::DiskFull, "磁盘写不进去，记录只在内存里",
     "The disk takes nothing: records are in memory only"},
    {Word::Versions, "版本", "Versions"},
    {Word::Build, "程序", "Program"},
    {Word::Protocol, "协议", "Protocol"},
    {Word::Campaign, "活动", "Campaign"},
    {Word::Device, "设备", "Device"},
    {Word::NoCampaign, "无", "none"},
    {Word::TouchTest, "触摸测试", "Touch test"},
    {Word::TouchHere, "在这里用几根手指划动", "Draw here with several fingers"},
    {Word::Panel, "屏幕", "Screen"},
    {Word::Rotation, "旋转", "Rotation"},
    {Word::Volume, "音量", "Volume"},
    {Word::Brightness, "亮度", "Brightness"},
    {Word::Calibrate, "校准触摸", "Calibrate touch"},
    {Word::Clean, "清洁 30 秒", "Clean 30 s"},
    {Word::Reload, "重载活动", "Reload campaign"},
    {Word::Restart, "重启程序", "Restart"},
    {Word::Sure, "再按一次确认", "Press again"},
    {Word::ScreenLanguage, "顾客语言", "Shoppers' language"},
    {Word::NotEnrolled, "未登记", "not enrolled"},
    {Word::NoSound, "没有声音设备", "No sound device"},
    {Word::NoBacklight, "本机不能调", "Cannot be set here"},
    {Word::BacklightLocked, "没有调节权限", "Not permitted here"},
}};

struct Phase {
  std::string_view name;
  const char* chinese;
  const char* english;
};

constexpr Phase kPhases[] = {{"loading", "正在读取", "Reading"},
                             {"offline", "未连接", "Offline"},
                             {"waiting", "等待重连", "Waiting to connect"},
                             {"connecting", "正在连接", "Connecting"},
                             {"greeting", "正在登录", "Signing in"},
                             {"open", "已连接", "Connected"}};

// A word out of its place would be another word.
constexpr bool is_in_order() {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<size_t>(kWords[i].word) != i) return false;
  }
  return true;
}
static_assert(is_in_order());

}  // namespace

const char* words(Word word, Language language) {
  const Entry& entry = kWords[static_cast<size_t>(word)];
  return language == Language::Chinese ? entry.chinese : entry.english;
}

std::string_view network_words(std::string_view phase, Language language) {
  for (const Phase& known : kPhases) {
    if (known.name == phase) return language == Language::Chinese ? known.chinese : known.english;
  }
  return phase;
}

std::string all_characters() {
  std::string all;
  for (char c = ' '; c <= '~'; ++c) all.push_back(c);
  all += "…°·×✓←秒分小时天中文";
  for (const Entry& entry : kWords) {
    all += entry.chinese;
    all += entry.english;
  }
  for (const Phase& phase : kPhases) all += phase.chinese;
  return all;
}

}  // namespace vitrine::staff
