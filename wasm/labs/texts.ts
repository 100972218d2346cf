// SPDX-License-Identifier: MIT
// Every word of the page, in Chinese and English. tracker.html names the keys; {name} is filled in.
export type Language = 'zh' | 'en';

const kTexts = {
  title: ['人脸跟踪实验室', 'Face tracker lab'],
  other_language: ['English', '中文'],
  lead: ['镜子先要看得见你', 'A mirror first has to see you'],
  what: ['这一页用摄像头找到你的脸，画出 137 个点：唇、眼、眉、脸的轮廓。所有计算都在这台设备上。',
    'This page finds your face in the camera picture and draws 137 points on it: lips, eyes, brows, outline. All of it is computed on this device.'],
  promise_here: ['画面不离开这台设备', 'Pictures stay on this device'],
  promise_here_why: ['打开之后，这一页只在你要看示例短片时读取它，不向网络发送任何东西。',
    'Once it is open, this page fetches its sample clip if you ask for it, and sends nothing.'],
  promise_nothing: ['什么都不保存', 'Nothing is stored'],
  promise_nothing_why: ['没有照片，没有录像，没有 cookie。停止后，连内存里的画面也会清掉。',
    'No photo, no recording, no cookie. When you stop, even the picture in memory is wiped.'],
  promise_stop: ['随时可以停', 'You can stop at any time'],
  promise_stop_why: ['按“停止”，或切换到别的页面，摄像头就会关闭。', 'Press “Stop” or leave this tab: the camera is switched off.'],
  start: ['打开摄像头', 'Start the camera'],
  sample: ['先不用，看示例短片', 'Not now, play the sample clip'],
  equal: ['两种方式都能看到全部功能。示例短片里的人是电脑画出来的。', 'Both ways show everything. The people in the clip are drawn by a computer.'],
  stopped: ['已停止，摄像头已关闭。', 'Stopped. The camera is off.'],
  stopped_clip: ['已停止。', 'Stopped.'],
  loading: ['正在准备…', 'Getting ready…'],
  stop: ['停止', 'Stop'],
  mirrored: ['像镜子一样', 'Like a mirror'],
  device: ['摄像头', 'Camera'],
  device_number: ['摄像头 {number}', 'Camera {number}'],
  picture: ['实时画面', 'Live picture'],
  on_device: ['画面只在这台设备上', 'Live pictures stay on this device'],
  on_device_clip: ['示例短片 · 电脑绘制', 'Sample clip · drawn by a computer'],
  numbers: ['数据', 'Figures'],
  show: ['显示', 'Show'],
  searching: ['正在找人脸', 'Looking for a face'],
  tracking: ['跟踪中', 'Tracking'],
  tracking_many: ['跟踪中 · {count} 张脸', 'Tracking · {count} faces'],
  lost: ['刚刚还在', 'Just out of sight'],
  searching_do: ['请面对摄像头，光线亮一点更好。', 'Face the camera; more light helps.'],
  asking: ['浏览器正在问你：是否允许使用摄像头', 'Your browser is asking whether the camera may be used'],
  starting: ['摄像头正在打开', 'The camera is opening'],
  per_frame: ['每帧毫秒', 'ms a frame'],
  frames: ['每秒 {count} 帧', '{count} fps'],
  path: ['取画面：{path}，{ms} 毫秒', 'Pixels by {path}, {ms} ms'],
  path_measuring: ['取画面：正在比较…', 'Pixels: comparing ways…'],
  path_track_processor: ['视频帧', 'video frames'],
  path_video_frame: ['视频元素', 'the video element'],
  path_canvas: ['画布', 'a canvas'],
  computed_simd128: ['WebAssembly SIMD', 'WebAssembly SIMD'],
  computed_scalar: ['WebAssembly，无 SIMD：会慢一些', 'WebAssembly without SIMD: slower'],
  yaw: ['左右转', 'Turn'],
  pitch: ['抬头低头', 'Nod'],
  roll: ['歪头', 'Tilt'],
  eye_left: ['左眼', 'Left eye'],
  eye_right: ['右眼', 'Right eye'],
  mouth: ['嘴', 'Mouth'],
  quality: ['质量', 'Quality'],
  distance: ['距离', 'Distance'],
  distance_value: ['{value} ± {error} 厘米', '{value} ± {error} cm'],
  none: ['–', '–'],
  group_lips: ['唇', 'Lips'],
  group_lids: ['眼睑', 'Lids'],
  group_brows: ['眉', 'Brows'],
  group_irises: ['虹膜', 'Irises'],
  group_nose: ['鼻', 'Nose'],
  group_oval: ['轮廓', 'Outline'],
  try_again: ['再试一次', 'Try again'],
  use_sample: ['看示例短片', 'Play the sample clip'],
  reload: ['重新载入', 'Reload'],
  code: ['代码 {code}', 'Code {code}'],
  camera_denied: ['摄像头没有得到许可', 'The camera is not allowed'],
  camera_denied_do: ['点地址栏旁的摄像头或锁形图标，允许此网站使用摄像头，再按“再试一次”。也请看看系统设置是否允许浏览器使用摄像头。',
    'Press the camera or lock sign beside the address, allow the camera for this site, then “Try again”. The system’s settings may forbid it to the browser, too.'],
  camera_dismissed: ['还没有选择', 'No choice was made'],
  camera_dismissed_do: ['想用摄像头的话，请再试一次并选择“允许”。', 'If you would like to use the camera, try again and choose “Allow”.'],
  camera_no_device: ['没有找到摄像头', 'There is no camera'],
  camera_no_device_do: ['接上摄像头，这里会自动开始。', 'Plug one in: it starts by itself.'],
  camera_in_use: ['摄像头正被其他程序占用', 'Another program has the camera'],
  camera_in_use_do: ['关闭正在使用摄像头的程序，这里会自动重试。', 'Close the program that uses it; this page tries again by itself.'],
  camera_insecure: ['此地址不能使用摄像头', 'The camera needs a secure address'],
  camera_insecure_do: ['浏览器只在 https:// 地址上开放摄像头。请用 https:// 打开此页。', 'Browsers open cameras to https:// addresses alone. Open this page by https://.'],
  camera_unsupported: ['这个浏览器不提供摄像头', 'This browser offers no camera'],
  camera_unsupported_do: ['请换用较新的 Chrome、Edge、Firefox 或 Safari。', 'Use a recent Chrome, Edge, Firefox or Safari.'],
  camera_stalled: ['摄像头没有画面了', 'The camera sends no pictures'],
  camera_stalled_do: ['正在自动重新打开。若一直如此，请拔下再插上。', 'It is being opened again. If this stays, unplug it and plug it back in.'],
  camera_unplugged: ['摄像头断开了', 'The camera was unplugged'],
  camera_unplugged_do: ['重新插上，这里会自动继续。', 'Plug it back in: it goes on by itself.'],
  camera_unknown: ['摄像头打不开', 'The camera could not be opened'],
  camera_unknown_do: ['这里会自动重试。若一直如此，请拔下再插上，或重启浏览器。', 'This page tries again by itself. If this stays, replug the camera or restart the browser.'],
  camera_clip: ['示例短片没有载入', 'The clip did not load'],
  camera_clip_do: ['请检查网络，再试一次。', 'Check the network, then try again.'],
  camera_clip_still: ['示例短片停住了', 'The clip stands still'],
  camera_clip_still_do: ['请再试一次。', 'Try again.'],
  fault_no_wasm: ['这个浏览器不能运行跟踪程序', 'This browser cannot run the tracker'],
  fault_no_wasm_do: ['它没有 WebAssembly，或者禁止了它。请换用较新的浏览器。', 'It has no WebAssembly or forbids it. Use a recent browser.'],
  fault_no_memory: ['内存不够', 'There is not enough memory'],
  fault_no_memory_do: ['关闭一些标签页或程序，再重新载入。', 'Close some tabs or programs, then reload.'],
  fault_file_missing: ['服务器上缺少一个文件', 'A file is missing on the server'],
  fault_file_missing_do: ['请告诉店员：需要重新安装此页的文件。', 'Tell our staff: this page’s files must be installed again.'],
  fault_file_truncated: ['文件没有传完整', 'A file did not arrive whole'],
  fault_file_truncated_do: ['请重新载入。若一直如此，请告诉店员。', 'Reload. If this stays, tell our staff.'],
  fault_file_wrong: ['文件和此页不相符', 'A file does not belong to this page'],
  fault_file_wrong_do: ['页面可能刚刚更新，请重新载入。若一直如此，请告诉店员。', 'The page may just have been updated: reload. If this stays, tell our staff.'],
  fault_weights_refused: ['模型文件无法使用', 'The model’s file cannot be used'],
  fault_weights_refused_do: ['请告诉店员：需要重新安装此页的文件。', 'Tell our staff: this page’s files must be installed again.'],
  fault_no_network: ['网络断开了', 'There is no network'],
  fault_no_network_do: ['连上网络后，请重新载入。', 'Connect, then reload.'],
  fault_stopped: ['跟踪程序停止了', 'The tracker has stopped'],
  fault_stopped_do: ['请重新载入。这是我们的错误。', 'Reload. This was our mistake.'],
} as const;

export type TextKey = keyof typeof kTexts;

let language: Language = navigator.languages?.[0]?.toLowerCase().startsWith('zh') ?? true ? 'zh' : 'en';

export function currentLanguage(): Language { return language; }

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text: string = kTexts[key][language === 'zh' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

// Fills every element that names a text: data-text its words, data-label its name for screen readers.
export function showLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  document.title = t('title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = t(element.dataset.text as TextKey);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', t(element.dataset.label as TextKey));
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-other-language]')) {
    element.lang = next === 'zh' ? 'en' : 'zh';
  }
}
