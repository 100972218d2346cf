// SPDX-License-Identifier: MIT
// The engine comes in parts (wasm/cut_engine.py). What happens while the last is on its way, and when it does
// not come: every code path of the first screen runs without it, nothing a shopper does is lost. And what
// happens when a part is called that has not come.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fingers, open_page, open_stepped, page_folder, running, serve_static, statistics, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';
import {
  activate, frame_file, hang, late_file, later, needed, pressed, rest_bytes, rest_file, send, whole, with_split,
} from './split_page.mjs';

const inlined_html = readFileSync(join(page_folder, 'index.html'), 'utf8');

// The inlined page comes up to `at`; what it is sent by stays open for `work`. `answer` stands in for
// the server where it gives something true.
async function with_inlined(at, work, answer, language = 'en') {
  let held;
  const server = await serve_static({
    first: (path, response) => {
      if (answer(path, response)) return true;
      if (path !== '/c/lip-popup/') return false;
      held = response;
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.write(inlined_html.slice(0, at));
      return true;
    },
  });
  try {
    await with_context(async (context) => {
      const page = await context.newPage();
      await page.goto(`${server.address}/c/lip-popup/?lang=${language}`, { waitUntil: 'commit' });
      await work(page, held);
    });
  } finally {
    await server.close();
  }
}

const kEnd = 'VitrineInlined.end()</script>';
// Where the inlined page's part `number` has come, counted from 0.
const end_of = (number) => inlined_html.split(kEnd).slice(0, number + 1).join(kEnd).length + kEnd.length;
const app = async (page) => (await statistics(page)).app;
const scene = (page) => page.step ? step_statistics(page).then(({ app: { scene: id } }) => id)
  : app(page).then(({ scene: id }) => id);

// In a stepped page statistics come when its clock goes.
async function step_statistics(page) {
  const told = statistics(page);
  await page.step(4, 100);
  return told;
}

test('with the rest held back the first part attracts, turns, hides, loses its context, and never stops', async () => {
  let held;
  await with_split((_, response) => { held = response; }, async (page, context) => {
    const fingers = await Fingers.of(page), start = await step_statistics(page);
    // All beats of a round and the beginning of the next, each in both languages and both shapes.
    for (let second = 1; second <= 22; second++) {
      await page.step_to(1000 * second + 2000);
      if (second % 4 === 1) await page.evaluate(() => document.querySelector('[data-name="language"]').click());
      const [width, height] = second % 12 ? [844, 392] : [392, 844];
      if (second % 6 === 0) await page.setViewportSize({ width, height });
    }
    await page.setViewportSize({ width: 392, height: 844 });
    await until('the first shape', () => page.evaluate(() => canvas.height > canvas.width));
    await page.evaluate(() => document.querySelector('[data-name="accessibility"]')?.click());
    await page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    await page.evaluate(() => new Promise((done) => {
      const canvas = document.getElementById('canvas');
      const lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      canvas.addEventListener('webglcontextlost', () => setTimeout(() => lose.restoreContext()), { once: true });
      canvas.addEventListener('webglcontextrestored', () => setTimeout(done), { once: true });
      lose.loseContext();
    }));
    await context.setOffline(true);
    await page.step(10, 100);
    await context.setOffline(false);
    await page.step(10, 100);
    const before = await step_statistics(page);
    assert.ok(before.page.frames > start.page.frames + 200);
    assert.equal(before.app.scene, 'attract');
    assert.equal(await page.getAttribute('[data-name="start"]', 'aria-busy'), null);
    await fingers.tap(196, 400);
    await fingers.tap(150, 380);
    // Each goes down, comes up, and presses the button.
    const waiting = await until('the touches to be recorded', async () => {
      const told = await step_statistics(page);
      return told.app.recorded >= before.app.recorded + 6 && told;
    });
    assert.equal(waiting.app.scene, 'attract');
    assert.equal(await page.getAttribute('[data-name="start"]', 'aria-busy'), 'true');
    // What was touched is kept, whether the rest ever comes or not.
    await until('the touches to be stored', async () =>
      (await step_statistics(page)).app.outbox_unstored === 0);
    assert.equal(waiting.app.outbox_memory_only, false);
    assert.equal(waiting.page.touches, before.page.touches + 2);
    assert.equal(await whole(page), false);
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
    send(held);
    await until('the rest', () => whole(page));
    await until('the wall', async () => await scene(page) === 'wall');
    const stored = await until('all of it to be stored', async () => {
      const told = await step_statistics(page);
      return told.app.recorded >= waiting.app.recorded && told.app.outbox_unstored === 0 && told;
    });
    assert.equal(stored.app.outbox_memory_only, false);
    assert.equal(stored.app.lost, 0);
    assert.deepEqual(await page.problems(), []);
  }, open_stepped);
});

test('the inlined page starts before its end has come, and its wall when it has', async () => {
  const at = end_of(2);
  for (const cut_off of [false, true]) {
    let fetched = false;
    await with_inlined(at, async (page, response) => {
      await running(page);
      await (await Fingers.of(page)).tap(196, 400);
      assert.equal((await app(page)).scene, 'attract');
      // What is missing of a page that was cut off is fetched by its file.
      if (cut_off) response.destroy(); else response.end(inlined_html.slice(at));
      await until('the wall', async () => {
        if (cut_off) await page.evaluate(() => window.dispatchEvent(new Event('online')));
        return (await app(page)).scene === 'wall';
      });
      assert.equal(fetched, cut_off, 'the rest was fetched though it lies in the page, or was not');
    }, (path) => {
      fetched ||= path === rest_file;
      return false;
    });
  }
});

test('an inlined page that is cut off in its first part fetches the file, or says so where there is none', async () => {
  const piece = 'VitrineInlined.piece()</script>';
  const at = inlined_html.indexOf(piece, inlined_html.indexOf(piece) + 1) + piece.length;
  for (const there of [true, false]) {
    await with_inlined(at, async (page, response) => {
      await until('the first pieces', () => page.evaluate(() => typeof VitrineInlined === 'object'));
      response.destroy();
      await until(there ? 'the engine' : 'the words', () => page.evaluate((good) => {
        window.dispatchEvent(new Event('online'));
        return good ? window.vitrine?.whole === '1' : window.vitrine?.failed;
      }, there));
      if (there) return running(page);
      assert.equal(await page.evaluate(() => window.vitrine.failed), 'network');
      assert.match(await page.innerText('.reason'), /could not be downloaded/);
      assert.equal(await page.isVisible('.reason button'), true);
    }, (path, response) => !there && path.endsWith('.wasm') && response.writeHead(404).end());
  }
});

test('a rest that does not come is asked for again, at once when the network is back', async () => {
  await with_split((times, response) => times < 3 ? response.destroy() : send(response), async (page) => {
    await running(page);
    await (await Fingers.of(page)).tap(196, 400);
    await until('the rest', () => page.evaluate(() => {
      window.dispatchEvent(new Event('online'));
      return window.vitrine.whole === '1';
    }));
    await until('the wall', async () => await scene(page) === 'wall');
    assert.deepEqual(await page.problems(), []);
  });
});

// As long as nobody is there it is nobody's trouble, whatever the network does.
test('a rest that never comes stops no picture; who wishes for it gets plain words and a button', async () => {
  let asked = 0;
  await with_split((times, response) => {
    asked = times;
    response.writeHead(404).end();
  }, async (page) => {
    await running(page);
    await until('every pause to be over', () => page.evaluate(() => {
      if (window.vitrine.whole !== 'lost') window.dispatchEvent(new Event('online'));
      return window.vitrine.whole === 'lost';
    }));
    const { page: { frames } } = await statistics(page), before = asked;
    assert.ok(before >= 7);
    await until('frames to go on', async () => (await statistics(page)).page.frames > frames + 5);
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
    assert.equal(await page.isVisible('canvas'), true);
    await (await Fingers.of(page)).tap(196, 400);
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    assert.ok(asked > before, 'the touch did not ask again');
    assert.equal(await page.evaluate(() => window.vitrine.failed), 'network');
    assert.match(await page.innerText('.reason'), /could not be downloaded/);
    assert.equal(await page.isVisible('.reason button'), true);
    assert.equal(await page.isVisible('canvas'), false);
    assert.deepEqual(await page.problems(), []);
  });
});

test('a rest that comes when everything seemed lost is there, and nothing was said', async () => {
  let is_there = false;
  await with_split((_, response) => is_there ? send(response) : response.destroy(), async (page) => {
    await running(page);
    await until('every pause to be over', () => page.evaluate(() => {
      if (window.vitrine.whole !== 'lost') window.dispatchEvent(new Event('online'));
      return window.vitrine.whole === 'lost';
    }));
    is_there = true;
    await (await Fingers.of(page)).tap(196, 400);
    await until('the wall', async () => await scene(page) === 'wall');
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
  });
});

test('a rest that is none stops the page aloud', async () => {
  const broken = Buffer.from(rest_bytes);
  broken.fill(0xff, 2000);
  await with_split((_, response) => send(response, broken), async (page) => {
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    assert.equal(await page.evaluate(() => window.vitrine.failed), 'engine');
    assert.equal(await page.isVisible('.reason button'), true);
  });
});

const press = async (page) => (await Fingers.of(page)).down([196, 400]);

// When this fails, wasm/call_times.txt is of another engine: tests/browser/take_call_times.mjs writes it anew.
test('the first frame and a touch find all that they call, with the rest of the page still on its way', async () => {
  for (const [form, language] of [['inlined', 'en'], ['inlined', 'zh'], ['split', 'en']]) {
    const look = async (page) => {
      await running(page);
      await press(page);
      await pressed(page);
      assert.equal(await needed(page), 0, `${form}, ${language}`);
      assert.equal(await page.evaluate(() => window.vitrine.late), '');
    };
    if (form === 'split') {
      await with_split(() => {}, look, open_page, late_file);
    } else {
      await with_inlined(end_of(1), look, () => false, language);
    }
  }
});

test('what is called before its part has come is fetched at once, and nothing is missing', async () => {
  const late_bytes = readFileSync(join(page_folder, late_file));
  let held;
  const answer = (times, response) => times === 1 ? held = hang(response) : send(response, late_bytes);
  await with_split(answer, async (page) => {
    await running(page);
    await activate(page);
    await until('the part to be called', async () => await needed(page) === 1);
    assert.equal(await page.evaluate(() => window.vitrine.late), '1');
    held.end(late_bytes);  // what comes after all changes nothing
    await until('the wall', async () => await scene(page) === 'wall');
    assert.equal(await needed(page), 1);
    assert.deepEqual(await page.problems(), []);
  }, open_page, late_file);
});

test('what is called before its part has come and cannot be fetched ends in plain words', async () => {
  await with_split((times, response) => times > 1 ? response.writeHead(404).end() : hang(response), async (page) => {
    await running(page);
    await activate(page);
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    assert.equal(await page.evaluate(() => window.vitrine.failed), 'network');
    assert.equal(await page.isVisible('.reason button'), true);
  }, open_page, late_file);
});

test('until what moves later has come the picture rests, nobody stands still for it, and then it moves', async () => {
  const late_bytes = readFileSync(join(page_folder, late_file));
  const count = () => {
    const { clear } = WebGL2RenderingContext.prototype;
    window.cleared = 0;
    WebGL2RenderingContext.prototype.clear = function (what) {
      window.cleared++;
      clear.call(this, what);
    };
  };
  const cleared = (page) => page.evaluate(() => window.cleared);
  let held;
  await with_split((_, response) => { held = response; }, async (page) => {
    await running(page);
    const first = await cleared(page);
    assert.ok(first > 0);
    await later(page, 20);  // a moving picture would have drawn them
    assert.equal(await cleared(page), first);
    assert.equal(await needed(page), 0);
    send(held, late_bytes);
    await until('frames', async () => await cleared(page) > first + 3);
    assert.equal(await needed(page), 0);
  }, (context, url) => open_page(context, url, count), late_file);
});

test('a browser that makes no module at once waits for what may be called', async () => {
  const late_bytes = readFileSync(join(page_folder, late_file));
  const prepare = () => {
    const { Module } = WebAssembly;
    WebAssembly.Module = function (bytes) {
      if (bytes.length > 4096) throw new RangeError('WebAssembly.Compile is disallowed on the main thread');
      return new Module(bytes);
    };
  };
  let held;
  await with_split((_, response) => { held = response; }, async (page) => {
    await until('the last part before the first frame', () => held);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => document.documentElement.className), '');
    send(held, late_bytes);
    await running(page);
    assert.equal(await needed(page), 0);
  }, (context, url) => open_page(context, url, prepare), late_file);
});

test('a first part that does not come says so', async () => {
  await with_split((_, response) => response.writeHead(404).end(), async (page) => {
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    assert.equal(await page.evaluate(() => window.vitrine.failed), 'network');
  }, open_page, frame_file);
});

// A host that serves files may have another campaign than the one that is built in, or none any more.
async function with_host_campaign(answer, work) {
  const server = await serve_static({
    first: (path, response) => path.endsWith('/campaign.json') && (answer(response), true),
  });
  try {
    await with_context(async (context) => {
      const page = await open_page(context, `${server.address}/c/lip-popup/?lang=en`);
      // On a busy machine the host may have answered, and ended it, before the first frame.
      await until('a first frame or the last words', () => page.evaluate(() =>
        document.documentElement.classList.contains('running') || window.vitrine.failed));
      await work(page);
      assert.deepEqual(await page.problems(), []);
    });
  } finally {
    await server.close();
  }
}
const built_in = readFileSync(join(page_folder, 'built_in.json'), 'utf8');
const other = built_in.replace(/("kind": )?"attract"/g, (all, kind) => kind ? all : '"attract-anew"');
const send_json = (response, text) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(text);

test('the page shows the campaign that is built in at once, and its host\'s when that is another', async () => {
  for (const [text, wanted] of [[built_in, 'attract'], [other, 'attract-anew']]) {
    let asked = 0;
    await with_host_campaign((response) => { asked++; send_json(response, text); }, async (page) => {
      await until('the host to be asked', () => asked > 0);
      await until(`the scene ${wanted}`, async () => await scene(page) === wanted);
    });
  }
});

test('nobody is thrown out for a newer campaign', async () => {
  let held;
  await with_host_campaign((response) => { held = response; }, async (page) => {
    await (await Fingers.of(page)).tap(196, 400);
    await until('the wall', async () => await scene(page) === 'wall');
    await until('the host to be asked', () => held);
    send_json(held, other);
    await page.waitForTimeout(500);
    assert.equal(await scene(page), 'wall');
    await page.evaluate(() => document.querySelector('[data-name="back"]').click());
    await until('a first scene', async () => /^attract/.test(await scene(page)));
  });
});

test('a built-in campaign that its host has no more ends in plain words', async () => {
  await with_host_campaign((response) => response.writeHead(404).end(), async (page) => {
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    assert.equal(await page.evaluate(() => window.vitrine.failed), 'campaign');
  });
});
