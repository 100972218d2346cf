// SPDX-License-Identifier: MIT
// Every word the console says, in both languages. {name} is filled in.

const en = {
  title: 'Vitrine console', campaigns: 'Campaigns', claims: 'Claims', screens: 'Screens', log: 'Log', live: 'Live view',
  other: '中文', other_label: '切换到中文', menu: 'Parts of the console', skip: 'To the contents',
  connected: 'Connected', away: 'No answer from the server. Trying again…', loading: 'One moment…',
  stop: 'Stop everything', start: 'Start again', cancel: 'Leave it', close: 'Close',
  stopped: 'Everything is stopped', stopped_more: 'Since {time}, by {who}. Nobody can begin a new claim; what was agreed to goes on.',
  stop_ask: 'Stop everything?',
  stop_what: 'Every screen and phone says that claiming is paused. Nobody can begin a new claim. Who has agreed already can still pay and keeps the voucher. It stays so until somebody starts again, also when the server restarts.',
  start_ask: 'Start again?', start_what: 'Everything that is in stock can be claimed again at once.',
  price: 'Price', offer: 'Offer', stock: 'Stock', no_offer: 'none', product: 'Product', currency: 'Currency',
  version: 'Version {version}', of_file: 'as the file on the server says it', by: '{time}, by {who}',
  stock_line: '{issued} handed out · {held} held · {remaining} left', taken_note: '{count} of them are taken',
  not_begun: 'cannot be claimed: no stock is set',
  pool_differs: 'There are {stock} now: more were taken than you had set.',
  changes: '{count} changes', change_one: '1 change', publish: 'Publish', discard: 'Discard', publish_ask: 'Publish these changes?',
  publish_what: 'The server goes by them at once. A screen takes them over within about a minute, when nobody is at it, a phone at its next visit. Who has a claim already keeps the price that was agreed.',
  published: 'Version {version} is published.', nothing_new: 'Nothing was to be changed.',
  history: 'Versions', current: 'now', roll_back: 'Roll back to this', roll_back_ask: 'Roll back to version {version}?',
  roll_back_what: 'The prices, stock and everything else of version {version} become a new version. Who has a claim already keeps it.',
  how_file: 'began from the file', how_edit: 'edited here', how_roll_back: 'rolled back to version {of}', how_take_file: 'taken from the file',
  other_change: 'other contents', came: 'came', went: 'went', no_change: 'no difference in products',
  file_changed: 'The file on the server was changed',
  file_changed_what: 'It was changed after this version was published. Screens still show the published version. The file says:',
  take_file: 'Take over the file', take_file_ask: 'Take over the file?',
  take_file_what: 'What the file says becomes a new version, stock and prices too. You can roll back.',
  conflict: 'Somebody else has published meanwhile',
  conflict_what: '{who} published version {version}. It changed:', conflict_keep: 'Go on from there',
  conflict_more: 'Your numbers stay in their fields. Look at them and publish again.',
  problem_first: 'Some numbers need another look; each says why.',
  bad_number: 'Write a number.', bad_decimals: 'At most {digits} digits after the point.', bad_separators: 'It is not certain which number this is. Write it like {example}.',
  bad_range: 'Write a number from 0 to {most}.',
  bad_whole: 'Write a whole number.', bad_offer: 'The offer may be at most the price, {price}.',
  bad_taken: 'So many are taken already: write {count} or more.', bad_other: '{message}',
  unsent: 'not published yet', was: 'was {value}',
  stock_now: 'Stock now', newest: 'Newest claims', no_claims: 'Nobody has claimed anything yet.', no_stock: 'Nothing is handed out here.',
  find: 'Find', find_label: 'Voucher code or claim number', find_hint: 'As the shopper reads it to you: letters and digits, gaps do not matter.',
  not_found: 'There is no such claim. Was every letter and digit right?', found: 'Found',
  state_held: 'held', state_issued: 'voucher', state_redeemed: 'handed over', state_released: 'ended', state_voided: 'taken back',
  payment_pending: 'payment on its way', payment_paid: 'paid', payment_failed: 'payment failed', payment_refund_due: 'refund asked for', payment_refunded: 'refunded',
  reason_cancelled: 'given up by the shopper', reason_hold_over: 'time was over', reason_refused: 'following was refused', reason_already_claimed: 'has one already', reason_stopped: 'ended by staff',
  until: 'until {time}', number: 'No. {claim}', free: 'free', no_code: 'no voucher yet',
  void_act: 'Void and refund', void_free_act: 'Take back', end_hold_act: 'End this hold',
  void_ask: 'Void this voucher?', end_hold_ask: 'End this hold?',
  void_what: '{product}, {price}, voucher {code}. The voucher stops working at once, one goes back to stock, and {price} goes back to the shopper. This cannot be undone.',
  void_free_what: '{product}, voucher {code}. The voucher stops working at once and one goes back to stock. This cannot be undone.',
  end_hold_what: '{product}, {price}. The shopper cannot go on with it and one goes back to stock. Money that comes after all is given back.',
  void_working: 'Taking it back…', void_done: 'The voucher is void.', hold_ended: 'The hold is ended.',
  refund_waiting: 'The voucher is void. The refund is asked for; the provider has not answered yet.',
  refund_long: 'The voucher is void. The provider has not answered about the refund yet; the server keeps asking by itself.',
  refund_done: 'The voucher is void and {price} is refunded.', too_late: 'It was handed over at {time}: it cannot be taken back here.',
  ended_already: 'This claim had ended already.',
  not_confirmed: 'Nothing was done: meanwhile it is “{state}”. Look at it again before you take it back.',
  screens_line: '{on} of {all} connected. {pages} phones and browsers are recording.', no_screens: 'No screen is enrolled yet.',
  device: 'Screen', state: 'State', since: 'Since', heard: 'Last heard', build: 'Build', campaign: 'Campaign', queue: 'Waiting to be sent',
  on: 'connected', off: 'not connected', off_since: 'not connected since {time}', unseen: 'not seen since the server started', invited: 'has a code, not enrolled yet', revoked: 'revoked',
  memory_only: 'its disk is full: it records in memory', never: '–', just_now: 'just now',
  no_log: 'Nothing has been done here yet.',
  act_publish: 'published', act_roll_back: 'rolled back', act_take_file: 'took over the file', act_void: 'took back', act_void_failed: 'did not take back',
  why_changed: 'it had moved on', why_busy: 'the server was busy', why_storage_full: 'the disk was full', why_storage_unavailable: 'the server could not write',
  act_stop: 'stopped everything', act_start: 'started again',
  staff: 'staff',
  error_storage_full: 'The disk of the server is full. Nothing was changed. Make room, then try again.',
  error_storage_unavailable: 'The server cannot write now. Nothing is certain; look again in a moment.',
  error_busy: 'The server is busy. Nothing was done; try again in a moment.',
  error_origin_refused: 'Open this page at its own address.',
  error_away: 'The server did not answer. Whether it was done is shown as soon as it answers again.',
  error_other: 'It was not done ({code}).',
};

type Texts = Record<keyof typeof en, string>;
export type TextKey = keyof typeof en;

const zh: Texts = {
  title: 'Vitrine 控制台', campaigns: '活动', claims: '领取', screens: '屏幕', log: '记录', live: '实时数据',
  other: 'English', other_label: 'Switch to English', menu: '控制台各页', skip: '跳到内容',
  connected: '已连接', away: '服务器没有响应，正在重试…', loading: '请稍候…',
  stop: '全部暂停', start: '重新开始', cancel: '先不', close: '关闭',
  stopped: '已全部暂停', stopped_more: '{time} 起，操作人：{who}。暂时无法新领取；已同意的继续进行。',
  stop_ask: '全部暂停？',
  stop_what: '所有屏幕和手机都会提示“现在领不了”。没有人能开始新的领取。已经同意的顾客仍可付款，券照样有效。在有人点“重新开始”之前一直如此，服务器重启也不会变。',
  start_ask: '重新开始？', start_what: '有库存的商品马上又可以领取。',
  price: '原价', offer: '活动价', stock: '库存', no_offer: '无', product: '商品', currency: '币种',
  version: '第 {version} 版', of_file: '与服务器上的文件一致', by: '{time}，{who}',
  stock_line: '已发出 {issued} · 保留中 {held} · 剩余 {remaining}', taken_note: '其中 {count} 件已被占用',
  not_begun: '未设库存，不能领取',
  pool_differs: '现在是 {stock} 件：已被占用的比设定的多。',
  changes: '{count} 处修改', change_one: '1 处修改', publish: '发布', discard: '放弃修改', publish_ask: '发布这些修改？',
  publish_what: '服务器立即按新数字执行。屏幕约一分钟内、没有人使用时更新，手机在下次打开时更新。已经领取的顾客仍按当时的价格。',
  published: '第 {version} 版已发布。', nothing_new: '没有需要修改的内容。',
  history: '版本', current: '当前', roll_back: '恢复到这一版', roll_back_ask: '恢复到第 {version} 版？',
  roll_back_what: '第 {version} 版的价格、库存和全部内容会成为新的一版。已经领取的不受影响。',
  how_file: '来自文件', how_edit: '在此修改', how_roll_back: '恢复到第 {of} 版', how_take_file: '采用了文件',
  other_change: '其他内容', came: '新增', went: '移除', no_change: '商品没有差别',
  file_changed: '服务器上的文件被改过',
  file_changed_what: '文件在这一版发布之后有改动。屏幕仍显示已发布的版本。文件的内容是：',
  take_file: '采用文件', take_file_ask: '采用文件？',
  take_file_what: '文件里的内容会成为新的一版，包括库存和价格。之后可以恢复。',
  conflict: '有人刚刚发布了新版本',
  conflict_what: '{who} 发布了第 {version} 版，改动如下：', conflict_keep: '在新版本上继续',
  conflict_more: '您填的数字还在，请看一眼再发布。',
  problem_first: '有些数字需要修改，原因写在旁边。',
  bad_number: '请填数字。', bad_decimals: '小数点后最多 {digits} 位。', bad_separators: '看不出是哪个数，请像 {example} 这样写。', bad_range: '请填 0 到 {most} 之间的数字。',
  bad_whole: '请填整数。', bad_offer: '活动价不能高于原价 {price}。',
  bad_taken: '已有 {count} 件被占用，请填 {count} 或更多。', bad_other: '{message}',
  unsent: '尚未发布', was: '原为 {value}',
  stock_now: '当前库存', newest: '最新领取', no_claims: '还没有人领取。', no_stock: '这里没有可领取的商品。',
  find: '查找', find_label: '券码或领取编号', find_hint: '照顾客念的输入：字母和数字，空格不影响。',
  not_found: '没有这条领取。每个字母和数字都对吗？', found: '找到了',
  state_held: '保留中', state_issued: '有券', state_redeemed: '已取走', state_released: '已结束', state_voided: '已作废',
  payment_pending: '付款中', payment_paid: '已付款', payment_failed: '付款失败', payment_refund_due: '退款中', payment_refunded: '已退款',
  reason_cancelled: '顾客放弃', reason_hold_over: '超时', reason_refused: '未关注', reason_already_claimed: '已领过', reason_stopped: '店员结束',
  until: '至 {time}', number: '编号 {claim}', free: '免费', no_code: '还没有券',
  void_act: '作废并退款', void_free_act: '作废', end_hold_act: '结束保留',
  void_ask: '作废这张券？', end_hold_ask: '结束这次保留？',
  void_what: '{product}，{price}，券 {code}。券立即失效，库存加一，{price} 退还顾客。此操作不能撤销。',
  void_free_what: '{product}，券 {code}。券立即失效，库存加一。此操作不能撤销。',
  end_hold_what: '{product}，{price}。顾客不能继续，库存加一。如果之后仍有付款到账，会退还。',
  void_working: '正在作废…', void_done: '券已作废。', hold_ended: '保留已结束。',
  refund_waiting: '券已作废。已申请退款，支付方还没有答复。',
  refund_long: '券已作废。支付方还没有答复退款；服务器会继续询问。',
  refund_done: '券已作废，{price} 已退还。', too_late: '已在 {time} 取走，这里不能作废。',
  ended_already: '这条领取之前已经结束。',
  not_confirmed: '没有执行：它现在是“{state}”。请再看一眼再决定。',
  screens_line: '{all} 块屏幕中 {on} 块在线。{pages} 部手机和浏览器正在记录。', no_screens: '还没有注册的屏幕。',
  device: '屏幕', state: '状态', since: '自', heard: '最近消息', build: '版本', campaign: '活动', queue: '待发送',
  on: '在线', off: '离线', off_since: '{time} 起离线', unseen: '服务器启动后未出现', invited: '已发码，未注册', revoked: '已吊销',
  memory_only: '磁盘已满：暂存内存', never: '–', just_now: '刚刚',
  no_log: '这里还没有操作。',
  act_publish: '发布', act_roll_back: '恢复版本', act_take_file: '采用文件', act_void: '作废', act_void_failed: '未能作废',
  why_changed: '状态已变', why_busy: '服务器忙', why_storage_full: '磁盘已满', why_storage_unavailable: '服务器无法写入',
  act_stop: '全部暂停', act_start: '重新开始',
  staff: '店员',
  error_storage_full: '服务器磁盘已满，什么都没有改。请腾出空间后再试。',
  error_storage_unavailable: '服务器现在无法写入，结果不确定，请稍后再看。',
  error_busy: '服务器忙，什么都没有做，请稍后再试。',
  error_origin_refused: '请用本页自己的地址打开。',
  error_away: '服务器没有响应。恢复后会显示是否已完成。',
  error_other: '没有完成（{code}）。',
};

export type Language = 'zh' | 'en';
const all: Record<Language, Texts> = { zh, en };
let language: Language = navigator.language.startsWith('zh') ? 'zh' : 'en';

export const currentLanguage = (): Language => language;

export function setLanguage(next: Language): void {
  language = next;
  try {
    localStorage.setItem('vitrine-console-language', next);
  } catch {
    // Where nothing may be kept it is asked of the browser each time.
  }
}

export function rememberedLanguage(): void {
  try {
    const kept = localStorage.getItem('vitrine-console-language');
    if (kept === 'zh' || kept === 'en') language = kept;
  } catch {
    // As above.
  }
}

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return all[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// A text whose key is made of what the server said; `otherwise` where there is none.
export function named(key: string, otherwise: string, values: Record<string, string | number> = {}): string {
  return key in en ? t(key as TextKey, values) : otherwise;
}
