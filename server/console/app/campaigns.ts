// SPDX-License-Identifier: MIT
// Campaigns: numbers of products, edited and published; versions, and back to one; the file behind it.
import { Campaign, CampaignLine, Change, NoAnswer, Problem, Product, Refusal, Version, get, post } from './api.js';
import { ask, button, el, explain, say } from './dom.js';
import {
  Field, Typed, changedFields, editsToSend, forgetEdits, forgetRefusals, hasAll, hasEdits, hasEditsSince, isChanged, kFields,
  keyOf, original, problemOf, readField, refuse, setBase, setPublished, textOf, typeInto, typedNow,
} from './edits.js';
import { moment, money, number, who } from './format.js';
import { changeList, fieldName, learnProducts, productName } from './products.js';
import { currentLanguage, named, sentences, t } from './texts.js';

export { hasEdits } from './edits.js';

const kProblemsSaid = 5;

let lines: CampaignLine[] = [];
let campaign: Campaign | null = null;
let shownKey = '';
let container: HTMLElement | null = null;
// What was sent where no answer says what became of it. `sent`: what was typed of it.
let unsure: { base: Campaign; sent: Typed; isDone: (next: Campaign) => boolean } | null = null;

const shown = (product: Product, field: Field, value: number | null): string =>
  value === null ? t('no_offer') : field === 'stock' ? number(value) : money(value, product.currency);

// --- What is drawn ----------------------------------------------------------------------------

function fieldBox(product: Product, field: Field): HTMLElement {
  const id = `${product.id}-${field}`;
  const input = el('input', {
    id, inputmode: field === 'stock' ? 'numeric' : 'decimal', autocomplete: 'off', 'aria-describedby': `${id}-hint`,
    'data-field': keyOf(product.id, field), value: textOf(product, field),
    ...(field === 'offer' ? { placeholder: t('no_offer') } : {}),
  });
  const hint = el('p', { id: `${id}-hint`, class: 'hint' });
  const box = el('div', { class: `field ${field}` }, el('label', { for: id }, fieldName(field)), input, hint);
  const look = () => {
    const problem = problemOf(product, field);
    const changed = isChanged(product, field);
    box.classList.toggle('bad', problem !== undefined);
    box.classList.toggle('changed', changed && problem === undefined);
    input.setAttribute('aria-invalid', String(problem !== undefined));
    hint.textContent = problem ?? (changed ? t('was', { value: shown(product, field, original(product, field)) })
      : field === 'stock' ? stockHint(product) : '');
  };
  input.addEventListener('input', () => {
    typeInto(product, field, input.value);
    lookAgain();
    showBar();
  });
  box.addEventListener('look', look);
  look();
  return box;
}

// One number's limits are another's: the offer's is the price.
function lookAgain(): void {
  for (const box of container?.querySelectorAll('.field') ?? []) box.dispatchEvent(new Event('look'));
}

function stockHint(product: Product): string {
  if (product.stock === null && !product.pool) return t('not_begun');
  if (!product.pool) return '';
  if (campaign?.how !== 'file' && product.stock !== null && product.pool.taken > product.stock) {
    return t('pool_differs', { stock: number(product.pool.stock) });
  }
  return product.pool.taken > 0 ? t('taken_note', { count: number(product.pool.taken) }) : '';
}

function productCard(product: Product): HTMLElement {
  const swatch = el('span', { class: 'swatch', 'aria-hidden': 'true' });
  swatch.style.background = product.shade;
  const name = el('h3', {}, product.names[currentLanguage()] ?? product.id);
  const about = el('div', { class: 'about' }, name, el('p', { class: 'soft' }, `${product.code} · ${product.currency}`));
  const fields = el('div', { class: 'fields' }, ...kFields.map((field) => fieldBox(product, field)));
  return el('li', { class: 'product' }, swatch, about, fields);
}

const when = ({ how, time, actor }: { how: string; time: number; actor: string }): string =>
  how === 'file' ? moment(time) : t('by', { time: moment(time), who: who(actor) });

function versionLine(version: Version): HTMLElement {
  const isCurrent = version.version === campaign?.version;
  const how = named(`how_${version.how}`, version.how, { of: version.of_version });
  const head = el('div', { class: 'version-head' },
    el('b', {}, t('version', { version: version.version })),
    el('span', { class: 'soft' }, `${when(version)} · ${how}`));
  const line = el('li', { class: 'version' }, head);
  if (version.changes.length > 0) line.append(changeList(version.changes, campaign?.id ?? ''));
  if (isCurrent) head.append(el('span', { class: 'chip good' }, t('current')));
  else line.append(button(t('roll_back'), 'quiet', () => void rollBack(version)));
  return line;
}

function fileNotice(): HTMLElement | null {
  if (!campaign?.file_changed) return null;
  return el('section', { class: 'card notice', 'aria-label': t('file_changed') },
    el('h3', {}, t('file_changed')), el('p', {}, t('file_changed_what')), changeList(campaign.file_changes, campaign.id),
    el('div', { class: 'actions' }, button(t('take_file'), 'primary', () => void takeFile())));
}

function picker(): HTMLElement | null {
  if (lines.length < 2) return null;
  const select = el('select', { 'aria-label': t('campaigns') });
  for (const line of lines) {
    const option = el('option', { value: line.id }, line.id);
    option.selected = line.id === campaign?.id;
    select.append(option);
  }
  select.addEventListener('change', () => void choose(select));
  return select;
}

function draw(): void {
  if (!container) return;
  if (!campaign) return container.replaceChildren(el('p', { class: 'soft' }, t('loading')));
  const told = campaign.how === 'file' ? t('of_file') : when(campaign);
  const head = el('div', { class: 'head' },
    el('div', {}, el('h2', {}, campaign.id),
      el('p', { class: 'soft' }, `${t('version', { version: campaign.version })} · ${told}`)), picker());
  const products = el('ul', { class: 'products' }, ...campaign.products.map(productCard));
  const history = el('section', {}, el('h2', {}, t('history')),
    el('ol', { class: 'versions card' }, ...(campaign.versions.length > 0 ? campaign.versions.map(versionLine)
      : [el('li', { class: 'version soft' }, `${t('version', { version: campaign.version })} · ${t('of_file')}`)])));
  const bar = el('div', { class: 'bar', id: 'bar', role: 'region', 'aria-label': t('unsent') });
  const notice = fileNotice();
  const before = document.activeElement;
  const focused = before?.getAttribute('data-field');
  container.replaceChildren(head, ...(notice ? [notice] : []), products, bar, history);
  if (focused && before instanceof HTMLInputElement) {
    // Who is typing goes on where they were.
    const input = container.querySelector<HTMLInputElement>(`[data-field="${focused}"]`);
    input?.focus();
    input?.setSelectionRange(before.selectionStart, before.selectionEnd);
  }
  showBar();
}

function showBar(): void {
  const bar = container?.querySelector<HTMLElement>('#bar');
  if (!bar) return;
  const changed = changedFields();
  bar.hidden = changed.length === 0;
  if (bar.hidden) return bar.replaceChildren();
  const bad = changed.filter(({ product, field }) => problemOf(product, field) !== undefined).length;
  const count = changed.length === 1 ? t('change_one') : t('changes', { count: number(changed.length) });
  const text = bad === 0 ? count : `${count} · ${bad === 1 ? t('bad_one') : t('bad_some', { count: number(bad) })}`;
  const label = bar.querySelector('p');
  if (label) {
    label.textContent = text;
    return;
  }
  bar.append(el('p', {}, text), button(t('discard'), 'quiet', discard),
    button(t('publish'), 'primary', () => void publish()));
}

// --- What is done -----------------------------------------------------------------------------

function discard(): void {
  forgetEdits();
  say('');
  draw();
}

function take(next: Campaign): void {
  campaign = next;
  setBase(next);
  learnProducts(next.id, next.products);
  show();
}

function firstProblem(): HTMLInputElement | null {
  return container?.querySelector<HTMLInputElement>('.field.bad input') ?? null;
}

function listOfEdits(): HTMLElement {
  const id = campaign?.id ?? '';
  return el('ul', { class: 'changes' }, ...changedFields().map(({ product, field }) => el('li', {}, t('change_line', {
    product: productName(id, product.id), field: fieldName(field), before: shown(product, field, original(product, field)),
    after: shown(product, field, readField(product, field) as number | null),
  }))));
}

// What somebody agrees to is what the page showed when it asked: `base` is from before the question. Behind it the
// page goes on asking the server, and what came since, or another campaign, nobody has agreed to.
async function publish(): Promise<void> {
  const base = campaign;
  // What the server refused before it may take by now.
  forgetRefusals();
  lookAgain();
  const bad = firstProblem();
  if (!base) return;
  if (bad) {
    say(t('problem_first'), true);
    return bad.focus();
  }
  const edits = editsToSend();
  const sent = typedNow();
  if (!await ask({ title: t('publish_ask'), lines: [listOfEdits(), t('publish_what')], yes: t('publish') })) return;
  await send(base, 'publish', { products: edits }, (next) => hasAll(next, edits), {}, sent);
}

async function rollBack(version: Version): Promise<void> {
  const base = campaign;
  if (!base) return;
  const of = { version: version.version };
  const lines = [t('roll_back_what', of), ...(hasEdits() ? [t('edits_stay')] : [])];
  const sure = await ask({ title: t('roll_back_ask', of), lines, yes: t('roll_back') });
  const isDone = (next: Campaign) => {
    const made = versionAfter(base, next);
    return made?.how === 'roll_back' && made.of_version === version.version;
  };
  if (sure) await send(base, 'roll-back', of, isDone);
}

async function takeFile(): Promise<void> {
  const base = campaign;
  if (!base) return;
  const list = changeList(base.file_changes, base.id);
  const lines = [list, t('take_file_what'), ...(hasEdits() ? [t('edits_stay')] : [])];
  if (!await ask({ title: t('take_file_ask'), lines, yes: t('take_file') })) return;
  const isDone = (next: Campaign) => versionAfter(base, next)?.how === 'take_file';
  await send(base, 'take-file', {}, isDone, { 'If-Match': base.file_etag });
}

// The version that was made of what `base` is, as far as the server tells of so old a one.
const versionAfter = (base: Campaign, now: Campaign): Version | undefined =>
  now.versions.filter(({ version }) => version > base.version).pop();

// `isDone`: whether a later version is, or stands on, what is sent; for where no answer says so.
async function send(base: Campaign, act: string, body: object, isDone: (next: Campaign) => boolean,
  headers: Record<string, string> = {}, sent: Typed = new Map()): Promise<void> {
  const path = `/api/campaigns/${encodeURIComponent(base.id)}/${act}`;
  unsure = null;
  try {
    const next = await post<Campaign>(path, { base_version: base.version, base_etag: base.etag, ...body }, headers);
    say(next.version === base.version ? t('nothing_new') : t('published', { version: next.version }));
    if (campaign?.id === base.id) takeOwn(next, sent);
  } catch (error) {
    if (isOpen(error)) unsure = { base, sent, isDone };
    await showRefusal(error, base);
  }
}

function takeOwn(next: Campaign, sent: Typed): void {
  if (sent.size > 0) setPublished(next, sent);
  shownKey = '';  // what is shown has them still
  take(next);
}

// It may have been done, and it may not.
const isOpen = (error: unknown): boolean =>
  error instanceof NoAnswer || (error instanceof Refusal && error.code === 'storage_unavailable');

// The server answers again, with what it holds now. Where that is not what was sent, fields and versions stay as
// they are: who publishes again is told what somebody else has changed.
function settle(next: Campaign): void {
  if (!unsure) return;
  const { base, sent, isDone } = unsure;
  unsure = null;
  if (next.id !== base.id) return;
  if (next.version === base.version) return say(t('not_done', { version: base.version }), true);
  const made = versionAfter(base, next)?.version ?? base.version + 1;
  if (!isDone(next)) return say(t('not_done_other', { who: who(next.actor), version: next.version }), true);
  say(t('published', { version: made }));
  takeOwn(next, sent);
}

async function showRefusal(error: unknown, base: Campaign): Promise<void> {
  if (!(error instanceof Refusal)) return say(explain(error), true);
  if (error.status === 422) return showProblems(error.body as { problems: Problem[] });
  if (error.status === 409) return showConflict(error.body as Conflict, base);
  say(explain(error), true);
  // What the file says now is shown before anybody takes it.
  if (error.status === 412) await open(base.id);
}

// In the reader's words; the server's own, which are English, say more to who reads them.
function problemWords({ code, message, cure, limit }: Problem): string {
  if (code === 'stock_taken') return t('bad_taken', { count: number(limit) });
  const words = named(`problem_${code}`, t('problem_other', { code }));
  return currentLanguage() === 'en' && message !== '' ? `${words} (${message}; ${cure})` : words;
}

function problemPlace({ product, field, path }: Problem): string {
  if (!product) return path;
  const name = productName(campaign?.id ?? '', product);
  return t('place_of', { product: name, field: field ? fieldName(field) : path });
}

// Each beside its field. Where it is no edit that is refused but an older version or the file, its numbers are not
// those shown: then in the line that is read aloud.
function showProblems({ problems }: { problems: Problem[] }): void {
  forgetRefusals();
  const elsewhere = problems.filter((problem) => !refuse(problem.product, problem.field, problemWords(problem)));
  const told = elsewhere.slice(0, kProblemsSaid).map((problem) => {
    const place = problemPlace(problem);
    return place ? t('problem_at', { place, problem: problemWords(problem) }) : problemWords(problem);
  });
  if (elsewhere.length > kProblemsSaid) told.push(t('problems_more', { count: number(elsewhere.length - kProblemsSaid) }));
  lookAgain();
  showBar();
  say(sentences([t(elsewhere.length < problems.length ? 'problem_first' : 'problems_nothing_done'), ...told]), true);
  firstProblem()?.focus();
}

interface Conflict { current: Version; changes: Change[] }

async function showConflict({ current: theirs, changes }: Conflict, base: Campaign): Promise<void> {
  const what = t('conflict_what', { who: who(theirs.actor), version: theirs.version });
  const list = changeList(changes, base.id);
  const lines = [what, list, hasEdits() ? t('conflict_more') : t('conflict_nothing')];
  if (!await ask({ title: t('conflict'), lines, yes: t('conflict_keep') })) return;
  await open(base.id);
}

async function choose(select: HTMLSelectElement): Promise<void> {
  const id = select.value;
  if (hasEdits()) {
    select.value = campaign?.id ?? '';
    const lines = [listOfTyped(), t('leave_what')];
    if (!await ask({ title: t('leave_ask'), lines, yes: t('discard'), no: t('keep_editing') })) return;
  }
  await open(id);
}

// As it was typed, for not all of it need be a number.
function listOfTyped(): HTMLElement {
  return el('ul', { class: 'changes' }, ...changedFields().map(({ product, field }) => el('li', {}, t('change_line', {
    product: productName(campaign?.id ?? '', product.id), field: fieldName(field),
    before: shown(product, field, original(product, field)), after: textOf(product, field).trim() || t('no_offer'),
  }))));
}

// What is typed by now may be dropped for another campaign. Who types while that is on its way stays where they are:
// choosing again asks.
async function open(id: string): Promise<void> {
  const dropped = typedNow();
  try {
    const next = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
    if (campaign && campaign.id !== id) {
      if (hasEditsSince(dropped)) return showChosen();
      forgetEdits();
      unsure = null;
    }
    take(next);
  } catch (error) {
    showChosen();
    say(explain(error), true);
  }
}

// The picker names what is shown, whatever was chosen.
function showChosen(): void {
  const select = container?.querySelector('select');
  if (select && campaign) select.value = campaign.id;
}

// --- The view ---------------------------------------------------------------------------------

// Names of all products, for whoever shows claims.
export async function loadNames(): Promise<void> {
  lines = (await get<{ campaigns: CampaignLine[] }>('/api/campaigns')).campaigns;
  for (const { id } of lines) {
    learnProducts(id, (await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`)).products);
  }
}

// Only when something of it is new: what is being typed stays, and so does the focus.
function show(): void {
  const key = campaign ? JSON.stringify([campaign, lines, currentLanguage()]) : '';
  if (key === shownKey && container?.isConnected) return;
  shownKey = key;
  draw();
}

export function open_view(into: HTMLElement): void {
  container = into;
  shownKey = '';
  draw();
}

export async function refresh(): Promise<void> {
  lines = (await get<{ campaigns: CampaignLine[] }>('/api/campaigns')).campaigns;
  // Who is in the middle of something is told when publishing, not under their fingers.
  // But for what became of what they have sent.
  if (hasEdits() && !unsure) return;
  const before = campaign?.id;
  const id = lines.some((line) => line.id === before) ? before : lines[0]?.id;
  if (!id) return;
  const next = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
  // Meanwhile somebody may have typed, or chosen another.
  if (campaign?.id !== before) return;
  settle(next);
  if (!hasEdits()) take(next);
}
