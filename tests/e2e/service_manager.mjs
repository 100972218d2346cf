// SPDX-License-Identifier: MIT
// A service manager's end of NOTIFY_SOCKET.

import { spawn } from 'node:child_process';
import { eventually } from './support.mjs';

// What it hears stands in `text`, a message a line.
export async function listen(t, socket) {
  const heard = { text: '' };
  const listener = spawn('python3', ['-c', `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('listening', flush=True)
while True: print(s.recv(4096).decode(), flush=True)
`, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => listener.kill());
  listener.stdout.setEncoding('utf8');
  listener.stdout.on('data', (text) => { heard.text += text; });
  await eventually('the socket', () => heard.text.includes('listening'));
  return heard;
}

export const feeds = (heard) => heard.text.split('WATCHDOG=1').length - 1;
