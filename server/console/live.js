// SPDX-License-Identifier: MIT
'use strict';

const texts = {
  en: {
    live: 'live', rows: 'Interactions', rate: 'Now', recent: 'Newest', screens: 'Screens',
    refused: 'Refused and lost', time: 'Time', type: 'What', device: 'Device',
    campaign: 'Campaign', scene: 'Scene', sequence: 'No.', build: 'Build', since: 'Connected',
    connected: 'Connected screens', quarantined: 'Quarantined', lost: 'Lost on devices',
    duplicates: 'Resent', queued: 'Waiting for disk', commit: 'Last commit',
    good: 'recording', full: 'the disk is full: nothing new is kept', away: 'no answer from the server',
    nothing: 'nothing yet', other: '中文', row: 'row', frame: 'frame', loss: 'lost',
    console: 'Console', broken: 'campaign broken on disk', memory: 'screen without storage',
  },
  zh: {
    live: '实时', rows: '互动总数', rate: '当前', recent: '最新互动', screens: '屏幕',
    refused: '拒收与丢失', time: '时间', type: '内容', device: '设备',
    campaign: '活动', scene: '场景', sequence: '序号', build: '版本', since: '已连接',
    connected: '在线屏幕', quarantined: '隔离', lost: '设备端丢失',
    duplicates: '重发', queued: '等待写盘', commit: '最近提交',
    good: '正在记录', full: '磁盘已满：新数据无法保存', away: '服务器没有响应',
    nothing: '暂无', other: 'English', row: '行', frame: '帧', loss: '丢失',
    console: '控制台', broken: '活动文件有误', memory: '屏幕无法存储',
  },
};

const byId = (id) => document.getElementById(id);
const history = [];
let language = navigator.language.startsWith('zh') ? 'zh' : 'en';
let newest = null;
const t = (key) => texts[language][key];
const number = (value) => Math.round(value).toLocaleString(language === 'zh' ? 'zh-CN' : 'en');

function showTexts() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = t(element.dataset.text);
  }
  byId('language').textContent = t('other');
  if (newest) show(newest);
}

// Text only ever enters by textContent: what devices send is shown, never interpreted.
function fill(body, rows, columns) {
  body.replaceChildren();
  for (const row of rows.length > 0 ? rows : [[t('nothing')]]) {
    const line = body.insertRow();
    for (const text of row) line.insertCell().textContent = text;
    if (rows.length === 0) {
      line.cells[0].className = 'empty';
      line.cells[0].colSpan = columns;
    }
  }
}

function duration(seconds) {
  if (seconds < 60) return seconds + ' s';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min';
  return Math.floor(seconds / 3600) + ' h';
}

function showCards(live) {
  const cards = [
    ['connected', number(live.screens), false],
    ['quarantined', number(live.quarantined), live.quarantined > 0],
    ['lost', number(live.lost), live.lost > 0],
    ['duplicates', number(live.duplicates), false],
    ['queued', number(live.queued_rows), false],
    ['commit', (live.last_commit_us / 1000).toFixed(1) + ' ms', false],
  ];
  byId('cards').replaceChildren(...cards.map(([key, value, warn]) => {
    const card = document.createElement('div');
    const label = document.createElement('p');
    const strong = document.createElement('b');
    label.textContent = t(key);
    strong.textContent = value;
    if (warn) card.className = 'warn';
    card.append(label, strong);
    return card;
  }));
}

function showChart() {
  const top = Math.max(1, ...history);
  const points = history.map((rate, i) =>
    [240 - (history.length - 1 - i) * 2, 58 - 54 * rate / top]);
  const line = points.map(([x, y], i) => (i ? 'L' : 'M') + x + ' ' + y.toFixed(1)).join('');
  byId('line').setAttribute('d', line);
  byId('area').setAttribute('d', line && `${line}L240 60L${points[0][0]} 60Z`);
}

function show(live) {
  newest = live;
  byId('rows').textContent = number(live.rows);
  byId('rate').textContent = number(live.rate_1s);
  const state = byId('state');
  state.className = live.store_full ? 'bad' : 'good';
  state.textContent = t(live.store_full ? 'full' : 'good');
  showCards(live);
  fill(byId('recent'), live.recent.map((item) =>
    [new Date(item.time).toLocaleTimeString(), item.type, item.device, item.campaign, item.scene,
     item.sequence]), 6);
  fill(byId('screens'), live.screens_list.map((item) =>
    [item.device, item.campaign, item.build, duration(item.connected_s), number(item.rows)]), 5);
  const reasons = (counts, kind) =>
    Object.entries(counts).map(([reason, count]) => [t(kind), reason, number(count)]);
  const broken = live.campaign_problems.map(({ campaign, problem }) => [t('broken'), problem, campaign]);
  const memory = live.screens_list.filter((item) => item.memory_only)
    .map((item) => [t('memory'), item.device, '']);
  fill(byId('reasons'), [...broken, ...memory, ...reasons(live.quarantined_by_reason, 'row'),
    ...reasons(live.frames_refused, 'frame'), ...reasons(live.lost_by_reason, 'loss')], 3);
}

async function poll() {
  try {
    const response = await fetch('/api/live', { cache: 'no-store' });
    if (!response.ok) throw new Error(response.statusText);
    const live = await response.json();
    history.push(live.rate_1s);
    if (history.length > 121) history.shift();
    show(live);
    showChart();
  } catch {
    byId('state').className = 'bad';
    byId('state').textContent = t('away');
  }
  setTimeout(poll, 500);
}

byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  showTexts();
});
showTexts();
poll();
