// SPDX-License-Identifier: MIT
// The kiosk under cage, started as packaging/cage/cage.conf has it, on a display without a screen.
// Skips where cage is not (apt-get install cage xwayland).

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { bin, campaign, eventually, folder, root } from './support.mjs';
import { feeds, listen } from './service_manager.mjs';

const kNobody = 65534;
const isRoot = process.getuid() === 0;

// cage refuses to be root.
const asNobody = (command) => isRoot
  ? ['setpriv', `--reuid=${kNobody}`, `--regid=${kNobody}`, '--clear-groups', '--inh-caps=-all',
     '--bounding-set=-all', ...command]
  : command;

function whyNot() {
  for (const program of ['/usr/bin/cage', '/usr/bin/Xwayland']) {
    if (!existsSync(program)) return `no ${program}`;
  }
  const [program, ...args] = asNobody(['test', '-x', join(bin, 'vitrine-kiosk')]);
  return spawnSync(program, args).status === 0 ? '' : `${bin} is closed to other users`;
}

if (whyNot() !== '') {
  console.log(`skipped: ${whyNot()}`);
  process.exit(77);
}

// The words of the last ExecStart, as systemd would have them.
function commandLine(data) {
  const text = readFileSync(join(root, 'packaging/cage/cage.conf'), 'utf8');
  const line = text.split('\n').filter((candidate) => candidate.startsWith('ExecStart=/')).pop();
  return line.slice('ExecStart='.length)
    .replace('/usr/bin/vitrine-kiosk', join(bin, 'vitrine-kiosk'))
    .replace('%S/vitrine-kiosk', data)
    .replace('$VITRINE_KIOSK_OPTIONS', `--offline --campaign ${campaign}`)
    .split(' ');
}

test('under cage the kiosk is on screen, full, and its service manager hears that it lives', async (t) => {
  const base = folder(t);
  const run = join(base, 'run');
  const data = join(base, 'data');
  for (const path of [base, run, data]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o700);
    if (isRoot) chownSync(path, kNobody, kNobody);
  }
  const socket = join(base, 'notify');
  const heard = await listen(t, socket);
  chmodSync(socket, 0o777);
  const [program, ...args] = asNobody(commandLine(data));
  const cage = spawn(program, args, {
    detached: true,  // a group of its own, which ends as systemd ends a service
    env: {
      ...process.env, HOME: base, XDG_RUNTIME_DIR: run, ASAN_OPTIONS: 'detect_leaks=0',
      WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman',
      SDL_VIDEODRIVER: 'wayland', NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000', WATCHDOG_PID: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  let running = true;
  cage.stderr.on('data', (bytes) => { output += bytes; });
  cage.on('exit', () => { running = false; });
  t.after(() => { if (running) process.kill(-cage.pid, 'SIGKILL'); });
  await eventually('feeds', () => {
    if (!running) throw new Error(`cage ended: ${output}`);
    return heard.text.includes('READY=1') && feeds(heard) >= 2;
  });
  assert.match(heard.text, /STATUS=shows lip-popup/);
  process.kill(-cage.pid, 'SIGTERM');
  await eventually('the end', () => !running);
});
