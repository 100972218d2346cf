// SPDX-License-Identifier: MIT
// What the page's benchmarks share: a server that sends what a real one sends (brotli, cross-origin
// isolation for fine clocks), medians with their spread as rows of docs/benchmarks.md.
import { createServer } from 'node:http';
import { loadavg, cpus } from 'node:os';
import { brotliCompressSync, constants } from 'node:zlib';

const compress = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

// `files`: path -> { type, body, headers? }. A file is compressed once, as a server that keeps both forms does.
export async function serve_files(files) {
  const sent = new Map();
  for (const [path, { type, body, headers }] of Object.entries(files)) {
    sent.set(path, { type, body: compress(Buffer.from(body)), headers });
  }
  const server = createServer((request, response) => {
    const file = sent.get(new URL(request.url, 'http://host').pathname);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': file.type, 'Content-Encoding': 'br', 'Content-Length': file.body.length,
      'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
      ...file.headers,
    });
    response.end(file.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    bytes: (path) => sent.get(path).body.length,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}

export function print_head(title) {
  console.log(`\n${title}`);
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load average ${loadavg()[0].toFixed(1)}\n`);
  console.log('| what | goal | median (lowest to highest, rounds) |\n| --- | --- | --- |');
}

const shown = (value) => value >= 100 ? value.toFixed(0) : value.toPrecision(3);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function print_row(what, goal, values, unit) {
  if (values.length === 0) return;
  const sorted = [...values].sort((a, b) => a - b);
  console.log(`| ${what} | ${goal} | ${shown(median(values))}${unit && ` ${unit}`} (${shown(sorted[0])} to ` +
    `${shown(sorted[sorted.length - 1])}, ${sorted.length}) |`);
}
