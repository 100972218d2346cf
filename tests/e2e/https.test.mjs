// SPDX-License-Identifier: MIT
// A kiosk records over WSS to a server whose certificate is of an authority of one's own: it must be told
// of that authority, and the certificate must be for the host it asked for.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import {
  assertContiguousOnce, assertTouches, enrolmentCode, eventually, exported, folder, ready, root, startKiosk,
  startServer, stay, touchLines, touches,
} from './support.mjs';

if (spawnSync('openssl', ['version']).error) {
  console.log('skipped: no openssl (apt-get install openssl)');
  process.exit(77);
}

function makeAuthority(base, ...hosts) {
  const made = spawnSync(join(root, 'tools/dev/authority.sh'), [base, ...hosts], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return {
    ca: join(base, 'authority.crt'),
    options: ['--tls-certificate', join(base, 'server.crt'), '--tls-key', join(base, 'server.key')],
  };
}

async function setUp(t, ...hosts) {
  const base = folder(t);
  const authority = makeAuthority(join(base, 'authority'), ...hosts);
  const server = await startServer(t, join(base, 'server'), { args: authority.options });
  assert.match(server.url, /^https:/);
  return { base, authority, server, socket: server.url.replace('https', 'wss') + '/ws' };
}

test('a kiosk that knows the authority enrols and records by WSS', async (t) => {
  const { base, authority, socket } = await setUp(t, '127.0.0.1', 'localhost');
  const kept = join(base, 'server');
  const kiosk = startKiosk(t, {
    data: join(base, 'kiosk'), server: socket,
    args: ['--ca', authority.ca, '--enrol', enrolmentCode(kept, 'lobby')],
    script: [...ready, ...touchLines(0, 10), ...stay],
  });
  await eventually('ten touches', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return touches(exported(kept)).length >= 10;
  });
  await kiosk.stop();
  assertContiguousOnce(assert, exported(kept));
  assertTouches(exported(kept), 10);
});

test('it does not enrol where nobody vouches for the server, or for another host', async (t) => {
  const { base, authority, socket, server } = await setUp(t, 'elsewhere.local');
  const code = enrolmentCode(join(base, 'server'), 'lobby');
  const kiosks = [[], ['--ca', authority.ca]].map((args) => startKiosk(t, {
    data: join(base, `kiosk-${args.length}`), server: socket, args: [...args, '--enrol', code], script: [...stay],
  }));
  for (const kiosk of kiosks) {
    const { code: status } = await kiosk.exited;
    assert.notEqual(status, 0);
    assert.match(kiosk.output, /no TLS: the server's certificate is of no authority that is trusted/);
  }
  await server.stop();
});
