// SPDX-License-Identifier: MIT
// The page's screens, one at a time: loading, consent, live, fault. Nothing opens a camera before the person's own
// click on "start".
import { Fault, FaultName } from './faults.js';
import { files } from './files.js';
import { Live } from './live.js';
import { byId } from './shared.js';
import { currentLanguage, showLanguage, t, TextKey } from './texts.js';
import { Tracker } from './tracker.js';

type Screen = 'loading' | 'consent' | 'live' | 'fault';

let live: Live | null = null;
let fault: Fault | null = null;
let hasStopped = false;
let stoppedWords: TextKey = 'stopped';

// Of a double click the second is not meant for what the first has brought under it: after "stop" that may be "start".
const kSecond = 500, kReach = 40; // milliseconds, pixels
let lastClick = { x: 0, y: 0, at: -Infinity, screen: '' };

function show(screen: Screen): void {
  document.body.dataset.screen = screen;
  window.scrollTo(0, 0); // else one screen opens where another was scrolled to
  byId('consent').hidden = screen === 'live' || screen === 'fault';
  byId('live').hidden = screen !== 'live';
  byId('fault').hidden = screen !== 'fault';
  byId('after').hidden = !hasStopped;
  for (const id of ['start', 'sample']) byId<HTMLButtonElement>(id).disabled = screen === 'loading';
  byId('sample').hidden = files.clip === null;
}

function showFault(error: unknown): void {
  fault = error instanceof Fault ? error : new Fault('stopped', error instanceof Error ? error.message : String(error));
  writeFault(fault.fault);
  show('fault');
  byId('fault_title').focus();
  live?.stop();
}

function writeFault(name: FaultName): void {
  byId('fault_title').textContent = t(`fault_${name}`);
  byId('fault_do').textContent = t(`fault_${name}_do`);
  byId('fault_code').textContent = t('code', { code: `${name} · ${fault!.detail}` });
}

function write(): void {
  byId('after').textContent = hasStopped ? t(stoppedWords) : '';
  if (fault) writeFault(fault.fault);
  live?.write();
}

function ended(): void {
  hasStopped = true;
  show('consent');
  write();
  byId('lead').focus();
}

function refuseSecond(event: MouseEvent): void {
  const { clientX: x, clientY: y, timeStamp: at } = event, screen = document.body.dataset.screen!;
  const isByKeyboard = event.detail === 0;
  const isNear = at - lastClick.at < kSecond && Math.hypot(x - lastClick.x, y - lastClick.y) < kReach;
  if (!isByKeyboard && isNear && screen !== lastClick.screen) {
    event.stopPropagation();
    event.preventDefault();
  } else {
    lastClick = { x, y, at, screen };
  }
}

async function begin(): Promise<void> {
  document.addEventListener('click', refuseSecond, { capture: true });
  showLanguage(currentLanguage());
  show('loading');
  byId('language').addEventListener('click', () => {
    showLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
    write();
  });
  byId('reload').addEventListener('click', () => location.reload());
  try {
    live = new Live(await Tracker.load(), ended, showFault);
  } catch (error) {
    return showFault(error);
  }
  byId('start').addEventListener('click', () => { stoppedWords = 'stopped'; show('live'); live!.startCamera(); });
  byId('sample').addEventListener('click', () => { stoppedWords = 'stopped_clip'; show('live'); live!.startFilm(); });
  show('consent');
}

void begin();
