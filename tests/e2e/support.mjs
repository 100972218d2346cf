// SPDX-License-Identifier: MIT
// Starts the real programs on loopback, cuts the network between them, and reads what the server
// kept. Every process and folder ends with its test.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;
export const bin = process.env.VITRINE_BIN ?? join(root, 'build/native-debug/bin');
const page = process.env.VITRINE_PAGE ?? join(root, 'build/wasm-release/page');
export const campaign = join(root, 'assets/campaigns/lip-popup');

export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'));
  // Its programs, which end after this, may write into it for a while yet.
  t.after(() => rm(path, { recursive: true, force: true, maxRetries: 40 }));
  return path;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks until `probe` returns something true; fails with `what` after `ms`.
// Between two probes it rests four times as long as one takes, for many a probe starts a program: who
// asks must not take the processor from who is to be ready.
export async function eventually(what, probe, ms = 180000) {
  const end = Date.now() + ms;
  for (;;) {
    const asked = Date.now();
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`still not after ${ms} ms: ${what}`);
    await sleep(Math.max(50, 4 * (Date.now() - asked)));
  }
}

class Program {
  constructor(t, name, args, env = {}) {
    this.name = name;
    this.output = '';
    this.process = spawn(join(bin, name), args, {
      env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = once(this.process, 'exit').then(([code, signal]) => ({ code, signal }));
    this.running = true;
    this.exited.then(() => { this.running = false; });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => { this.output += text; });
    }
    t.after(() => this.kill());
  }

  async kill(signal = 'SIGKILL') {
    if (this.running) this.process.kill(signal);
    return this.exited;
  }

  stop() { return this.kill('SIGTERM'); }
}

// `port` 0 lets the system choose; a restart passes the port of the first run.
export async function startServer(t, data, { port = 0, args = [] } = {}) {
  const program = new Program(t, 'vitrine-server', [
    '--listen', `127.0.0.1:${port}`, '--staff-listen', '127.0.0.1:0', '--data', data,
    '--campaigns', join(root, 'assets/campaigns'), '--web', page,
    ...args,
  ]);
  await eventually('the server listens', () => {
    if (!program.running) throw new Error(`vitrine-server ended: ${program.output}`);
    return /^staff /m.test(program.output);
  });
  program.url = new URL(/^public (\S+)$/m.exec(program.output)[1]).origin;
  program.staffUrl = new URL(/^staff (\S+)$/m.exec(program.output)[1]).origin;
  program.port = Number(new URL(program.url).port);
  return program;
}

export function vitrine(...args) {
  const result = spawnSync(join(bin, 'vitrine'), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`vitrine ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

export function enrolmentCode(data, name) {
  return vitrine('device', 'add', name, '--data', data).trim();
}

// Whole CloudEvents in durable order; "none" is what was recorded while no campaign was on screen.
export function exported(data, shown = 'lip-popup') {
  return vitrine('export', '--data', data, '--campaign', shown, '--format', 'jsonl')
    .split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

export const touches = (events) =>
  events.filter((event) => event.type === 'screen_touched' && event.data.phase === 'down');

// How a script begins and ends: what is touched is on screen, and whoever started the kiosk ends it.
export const ready = ['settle 300s'];
export const stay = ['sleep 3000s'];

// The kiosk goes on when the test says so: `line` stands in its script.
export function gate(base, name) {
  const file = join(base, `gate-${name}`);
  return { line: `wait-file ${file} 3000s`, open: () => writeFileSync(file, '') };
}

// `script` is an array of lines.
export function startKiosk(t, { data, server, script, campaign: shown = campaign, args = [], env = {} }) {
  const file = join(data, '..', `script-${Math.random().toString(36).slice(2)}.txt`);
  writeFileSync(file, script.join('\n') + '\n');
  return new Program(t, 'vitrine-kiosk', [
    ...(server ? ['--server', server] : ['--offline']), '--campaign', shown, '--data', data,
    // The kiosk's own layout, a point a scene unit, in so few pixels and frames that drawing them by
    // software starves nothing. GALLIUM_NOOP: Mesa takes every call and draws none of it; pictures are
    // looked at elsewhere.
    '--size', '1080x1920', '--pixel-ratio', '0.1', '--frame-rate', '30', '--script', file, ...args,
    // What Mesa leaks in a library it has unloaded by the end, no suppression can name.
  ], { SDL_VIDEODRIVER: 'offscreen', GALLIUM_NOOP: '1', ASAN_OPTIONS: 'detect_leaks=0', ...env });
}

export async function finished(program, ms = 300000) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, ms, null); });
  const result = await Promise.race([program.exited, late]);
  clearTimeout(timer);
  if (result === null) throw new Error(`${program.name} still runs: ${program.output}`);
  if (result.code !== 0) {
    throw new Error(`${program.name}: ${JSON.stringify(result)}: ${program.output}`);
  }
}

// What a kiosk that has ended printed of itself.
export function statisticsOf(kiosk) {
  const line = kiosk.output.split('\n').filter((text) => text.startsWith('{')).pop();
  if (!line) throw new Error(`no statistics: ${kiosk.output}`);
  return JSON.parse(line);
}

// The server's counters, as staff see them.
export const live = async (server) => (await fetch(`${server.staffUrl}/api/live`)).json();

// A number of /metrics by its whole name, labels included; NaN when it is not there.
export async function metric(server, name) {
  const text = await (await fetch(`${server.staffUrl}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line ? Number(line.slice(name.length)) : NaN;
}

// Touches that nothing on screen acts on, each at a place of its own: the first few pixels of the
// left edge, one point further down each time.
export const place = (index) => ({ x: 4, y: 20 + index });
// Fingers travel as fractions of the screen.
export const at = ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) });
export const touchLines = (from, count, pause = '20ms') =>
  Array.from({ length: count }, (_, i) => place(from + i))
    .flatMap(({ x, y }) => [`touch ${x} ${y}`, `sleep ${pause}`]);

export function assertTouches(events, count, from = 0) {
  const places = touches(events).map(({ data }) => at(data));
  assert.deepEqual(places, Array.from({ length: count }, (_, i) => place(from + i)));
}

// A folder with room for a server and a kiosk, and unless told otherwise the server.
export async function setUp(t, { withoutServer = false, ...options } = {}) {
  const base = folder(t);
  const data = { server: join(base, 'server'), kiosk: join(base, 'kiosk') };
  mkdirSync(data.kiosk);
  if (withoutServer) return { base, data };
  const server = await startServer(t, data.server, options);
  return { base, data, server, url: `ws://127.0.0.1:${server.port}/ws` };
}

export const enrol = (data) => ['--enrol', enrolmentCode(data.server, 'window-1')];

// Runs a kiosk until it was told to stop and the server has `count` touches.
export async function playThrough(t, { data, url, from = 0, count, total = from + count, args = [] }) {
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args,
    script: [...ready, ...touchLines(from, count), ...stay],
  });
  await eventually(`${total} touches are stored`, () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return touches(exported(data.server)).length >= total;
  });
  await kiosk.stop();
}

// Splits an id "INCARNATION:SEQUENCE" and asserts what exactly once means: in each incarnation the
// sequences are 1, 2, 3, ... in the order stored, none twice.
export function assertContiguousOnce(assert, events, missing = 0) {
  const last = new Map();
  let holes = 0;
  for (const event of events) {
    const [incarnation, text] = event.id.split(':');
    const sequence = Number(text);
    const before = last.get(incarnation) ?? 0;
    assert.ok(sequence > before, `${event.id} comes after ${before}`);
    holes += sequence - before - 1;
    last.set(incarnation, sequence);
  }
  assert.equal(holes, missing, 'rows missing');
  return last;
}

// A TCP proxy that can be cut (connections reset, new ones refused) and restored.
export class Proxy {
  constructor(t, port) {
    this.target = port;
    this.sockets = new Set();
    this.isCut = false;
    this.cutAfterBytes = Infinity;  // from device to server, then it cuts itself
    this.server = createServer((client) => this.accept(client));
    t.after(() => { this.cut(); this.server.close(); });
  }

  async open() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
    return this;
  }

  accept(client) {
    if (this.isCut) return client.destroy();
    const upstream = createConnection(this.target, '127.0.0.1');
    for (const [from, to] of [[client, upstream], [upstream, client]]) {
      this.sockets.add(from);
      from.on('data', (bytes) => this.forward(from === client, to, bytes));
      from.on('error', () => {});
      from.on('close', () => { this.sockets.delete(from); to.destroy(); });
    }
  }

  forward(isFromDevice, to, bytes) {
    if (isFromDevice) {
      const allowed = bytes.subarray(0, Math.min(bytes.length, this.cutAfterBytes));
      this.cutAfterBytes -= allowed.length;
      to.write(allowed);
      if (this.cutAfterBytes <= 0) this.cut();
      return;
    }
    to.write(bytes);
  }

  cut() {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  restore(cutAfterBytes = Infinity) {
    this.isCut = false;
    this.cutAfterBytes = cutAfterBytes;
  }
}
