// SPDX-License-Identifier: MIT
// The page by HTTPS from the server itself, with a certificate that the browser warns of and a person waves
// through: it runs, records by WSS, and everything is settled.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Profile, open_page, page_folder, root, running, statistics, until } from './harness.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');
if (spawnSync('openssl', ['version']).error) {
  console.log('skipped: no openssl (apt-get install openssl)');
  process.exit(77);
}

async function start_server(folder) {
  const made = spawnSync(join(root, 'tools/dev/authority.sh'), [join(folder, 'tls'), '127.0.0.1'], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  const server = spawn(join(programs, 'vitrine-server'), [
    '--data', join(folder, 'data'), '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
    '--campaigns', join(root, 'assets/campaigns'), '--web', page_folder,
    '--tls-certificate', join(folder, 'tls/server.crt'), '--tls-key', join(folder, 'tls/server.key'),
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  server.stdout.on('data', (text) => { said += text; });
  const [, origin] = await until('the server', () => /public (https:\/\/[^/]+)/.exec(said));
  return { server, origin };
}

test('by HTTPS the page runs and records by WSS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-https-'));
  const { server, origin } = await start_server(folder);
  const profile = new Profile();
  try {
    const sockets = [];
    const context = await profile.open({ ignoreHTTPSErrors: true });
    context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
    const page = await open_page(context, `${origin}/c/lip-popup/?lang=en&mode=test`);
    await running(page);
    const app = await until('everything to be settled', async () => {
      const { app: now } = await statistics(page);
      return now.network === 'open' && now.outbox_rows === 0 && now.recorded > 0 && now;
    });
    assert.ok(app.recorded > 0);
    assert.deepEqual(sockets, [`${origin.replace('https', 'wss')}/ws`]);
    assert.deepEqual(await page.problems(), []);
  } finally {
    await profile.remove();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
