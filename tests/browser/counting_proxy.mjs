// SPDX-License-Identifier: MIT
// Stands before a server and counts what every request brings; the server behind it can be another one, or none.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

export class CountingProxy {
  // `target`: the port of the server behind it; null: nobody answers. {method, path, status, bytes} a request.
  seen = [];

  static async before(target) {
    const proxy = new CountingProxy();
    proxy.target = target;
    proxy.sockets = new Set();
    proxy.server = createServer((asked, answer) => proxy.pass(asked, answer));
    proxy.server.on('upgrade', (asked, socket, head) => proxy.pass_socket(asked, socket, head));
    proxy.server.on('connection', (socket) => {
      proxy.sockets.add(socket);
      socket.on('close', () => proxy.sockets.delete(socket));
    });
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = proxy.server.address().port;
    proxy.address = `http://127.0.0.1:${proxy.port}`;
    return proxy;
  }

  pass(asked, answer) {
    if (this.target === null) return asked.socket.destroy();
    const one = { method: asked.method, path: new URL(asked.url, this.address).pathname, status: 0, bytes: 0 };
    this.seen.push(one);
    const { method, url: path, headers } = asked;
    const passed = request({ host: '127.0.0.1', port: this.target, method, path, headers }, (came) => {
      one.status = came.statusCode;
      answer.writeHead(came.statusCode, came.rawHeaders);
      came.on('data', (bytes) => { one.bytes += bytes.length; });
      came.pipe(answer);
    });
    passed.on('error', () => asked.socket.destroy());
    return asked.pipe(passed);
  }

  pass_socket(asked, socket, head) {
    if (this.target === null) return socket.destroy();
    this.seen.push({ method: 'GET', path: new URL(asked.url, this.address).pathname, status: 101, bytes: 0 });
    const passed = connect(this.target, '127.0.0.1', () => {
      const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
      for (let i = 0; i < asked.rawHeaders.length; i += 2) lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
      passed.write(`${lines.join('\r\n')}\r\n\r\n`);
      passed.write(head);
      passed.pipe(socket).pipe(passed);
    });
    for (const [one, other] of [[passed, socket], [socket, passed]]) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
    return undefined;
  }

  // The server behind it is gone, and with it every connection.
  cut() {
    this.target = null;
    for (const socket of this.sockets) socket.destroy();
  }

  close() {
    this.cut();
    return new Promise((resolve) => { this.server.close(resolve); });
  }
}
