// SPDX-License-Identifier: MIT
// The whole journey of a shopper who sees nothing: every screen found, understood and left through
// the browser's own accessibility tree, and no finding of axe-core on any of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open_page, root, running, serve_static, statistics, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

let server;
before(async () => { server = await serve_static(); });
after(() => server.close());

const campaign = JSON.parse(readFileSync(join(root, 'assets/campaigns/lip-popup/campaign.json'), 'utf8'));
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

// The campaign's words as they are drawn: amounts filled in, strikes gone.
function words(key, language, product = campaign.products[0]) {
  const coins = (amount) => String(amount / 100);
  return campaign.texts[key][language].replace(/~/g, '')
    .replace('{price}', coins(product.price.amount)).replace('{offer}', coins(product.price.offer));
}

// From scene to scene by the button that leads on; as far as the campaign goes.
const kJourney = [['attract', 'attract.button_phone'], ['wall', 'wall.button'], ['product', 'product.button']];
const kLeadsOn = new Map(kJourney);

// What a screen reader is given: nodes in reading order, none that is ignored.
class Reader {
  static async of(page) {
    const reader = new Reader();
    reader.page = page;
    reader.session = await page.context().newCDPSession(page);
    await reader.session.send('Accessibility.enable');
    return reader;
  }
  async nodes() {
    const { nodes } = await this.session.send('Accessibility.getFullAXTree');
    return nodes.filter((node) => !node.ignored).map((node) => ({
      role: node.role?.value ?? '', name: node.name?.value ?? '', element: node.backendDOMNodeId,
      ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
    }));
  }
  async all(role) { return (await this.nodes()).filter((node) => node.role === role); }
  find(role, name) {
    return until(`${role} "${name}"`, async () =>
      (await this.nodes()).find((node) => node.role === role && node.name === name && !node.disabled));
  }
  // As a screen reader presses: no pointer, no place on the screen.
  async press(node) {
    const { object } = await this.session.send('DOM.resolveNode', { backendNodeId: node.element });
    await this.session.send('Runtime.callFunctionOn',
      { objectId: object.objectId, functionDeclaration: 'function () { this.click(); }' });
  }
}

async function open(context, language) {
  const page = await open_page(context, `${server.address}/c/lip-popup/?lang=${language}`);
  await running(page);
  return [page, await Reader.of(page)];
}

const scene_of = async (page) => (await statistics(page)).app.scene;
const arrive = (page, scene) => until(scene, async () => (await scene_of(page)) === scene);

const parameters_of = (scene) => campaign.scenes.find(({ id }) => id === scene).parameters;

// Walks on from the scene shown and calls `look` on each, this one too; returns the scenes seen.
async function walk(page, reader, language, look) {
  const seen = [];
  for (;;) {
    const scene = await scene_of(page);
    seen.push(scene);
    await look(scene);
    const { next } = parameters_of(scene);
    if (!next || !kLeadsOn.has(scene)) return seen;
    await reader.press(await reader.find('button', words(kLeadsOn.get(scene), language)));
    // A page that came by no code can claim nothing.
    await arrive(page, parameters_of(next).otherwise_scene ?? next);
  }
}

// What must be true of every screen for whoever only hears it.
function check_screen(nodes, scene) {
  const controls = nodes.filter(({ role, focusable }) => focusable && role !== 'RootWebArea');
  assert.ok(controls.length > 0, scene);
  for (const node of controls) {
    assert.ok(node.name.trim().length > 0, `${scene}: a ${node.role} without a name`);
    assert.notEqual(node.role, 'generic', `${scene}: "${node.name}" is nothing`);
  }
  assert.ok(nodes.some(({ role }) => role === 'heading'), `${scene} has no heading`);
  // Two controls of one name cannot be told apart.
  const names = controls.map(({ role, name }) => `${role} ${name}`);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), [], scene);
}

for (const language of ['zh', 'en']) {
  test(`the journey there and back by the accessibility tree alone, in ${language}`, () =>
    with_context(async (context) => {
      const [page, reader] = await open(context, language);
      const seen = await walk(page, reader, language, async (scene) => {
        await until(`the controls of ${scene}`, async () => (await reader.all('button')).length > 0);
        check_screen(await reader.nodes(), scene);
      });
      assert.ok(seen.length >= 2 && seen[0] === 'attract' && seen[1] === 'wall', seen.join());
      // Back to the start, scene by scene.
      for (let steps = 0; (await scene_of(page)) !== 'attract'; steps++) {
        assert.ok(steps < 2 * seen.length, 'no way back');
        const scene = await scene_of(page);
        const back = campaign.texts[`${scene}.back`] ? `${scene}.back` : 'wall.back';
        await reader.press(await reader.find('button', words(back, language)));
        await until('another scene', async () => (await scene_of(page)) !== scene);
      }
      await reader.find('button', words('attract.button_phone', language));
    }));
}

test('a chosen shade says so, and the words change with the language', () => with_context(async (context) => {
  const [page, reader] = await open(context, 'en');
  await reader.press(await reader.find('button', words('attract.button_phone', 'en')));
  await arrive(page, 'wall');
  const shade = words(campaign.products[3].name_text, 'en');
  await reader.press(await reader.find('button', shade));
  await until('it is chosen', async () =>
    (await reader.nodes()).some(({ name, pressed }) => name === shade && pressed === 'true'));
  await reader.press(await reader.find('button', words('language.switch', 'zh')));
  await reader.find('heading', words('wall.title', 'zh'));
}));

for (const language of ['zh', 'en']) {
  test(`axe-core finds nothing on any screen, in ${language}`, () => with_context(async (context) => {
    const [page, reader] = await open(context, language);
    await page.evaluate(axe);
    await walk(page, reader, language, async (scene) => {
      await until(`the controls of ${scene}`, async () => (await reader.all('button')).length > 0);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const told = violations.map(({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
      assert.deepEqual(told, [], scene);
    });
  }));
}
