// SPDX-License-Identifier: MIT
// Campaigns: numbers of products, edited and published; versions, and back to one; the file behind it.
import { Campaign, CampaignLine, Change, Problem, Product, Refusal, Version, get, post } from './api.js';
import { ask, button, el, explain, say } from './dom.js';
import {
  Field, changedFields, editsToSend, forgetEdits, forgetRefusals, hasEdits, isChanged, kFields, keyOf, original, problemOf,
  readField, refuse, setBase, textOf, typeInto,
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
  const focused = document.activeElement?.getAttribute('data-field');
  container.replaceChildren(head, ...(notice ? [notice] : []), products, bar, history);
  if (focused) container.querySelector<HTMLElement>(`[data-field="${focused}"]`)?.focus();
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

async function publish(): Promise<void> {
  // What the server refused before it may take by now.
  forgetRefusals();
  lookAgain();
  const bad = firstProblem();
  if (bad) {
    say(t('problem_first'), true);
    return bad.focus();
  }
  if (!await ask({ title: t('publish_ask'), lines: [listOfEdits(), t('publish_what')], yes: t('publish') })) return;
  await send('publish', { products: editsToSend() });
}

async function rollBack(version: Version): Promise<void> {
  const of = { version: version.version };
  const lines = [t('roll_back_what', of), ...(hasEdits() ? [t('edits_stay')] : [])];
  const sure = await ask({ title: t('roll_back_ask', of), lines, yes: t('roll_back') });
  if (sure) await send('roll-back', of);
}

async function takeFile(): Promise<void> {
  if (!campaign) return;
  const seen = campaign.file_etag;
  const list = changeList(campaign.file_changes, campaign.id);
  const lines = [list, t('take_file_what'), ...(hasEdits() ? [t('edits_stay')] : [])];
  if (await ask({ title: t('take_file_ask'), lines, yes: t('take_file') })) await send('take-file', {}, { 'If-Match': seen });
}

async function send(act: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const base = campaign;
  if (!base) return;
  const path = `/api/campaigns/${encodeURIComponent(base.id)}/${act}`;
  try {
    const next = await post<Campaign>(path, { base_version: base.version, base_etag: base.etag, ...body }, headers);
    if (act === 'publish') forgetEdits();
    shownKey = '';  // what is shown has them still
    say(next.version === base.version ? t('nothing_new') : t('published', { version: next.version }));
    take(next);
  } catch (error) {
    await showRefusal(error);
  }
}

async function showRefusal(error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) return say(explain(error), true);
  if (error.status === 422) return showProblems(error.body as { problems: Problem[] });
  if (error.status === 409) return showConflict(error.body as Conflict);
  say(explain(error), true);
  // What the file says now is shown before anybody takes it.
  if (error.status === 412 && campaign) await open(campaign.id);
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

async function showConflict({ current: theirs, changes }: Conflict): Promise<void> {
  const what = t('conflict_what', { who: who(theirs.actor), version: theirs.version });
  const list = changeList(changes, campaign?.id ?? '');
  const lines = [what, list, hasEdits() ? t('conflict_more') : t('conflict_nothing')];
  if (!await ask({ title: t('conflict'), lines, yes: t('conflict_keep') })) return;
  if (campaign) await open(campaign.id);
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

async function open(id: string): Promise<void> {
  try {
    const next = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
    if (campaign && campaign.id !== id) forgetEdits();
    take(next);
  } catch (error) {
    say(explain(error), true);
  }
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
  if (hasEdits()) return;
  const before = campaign?.id;
  const id = lines.some((line) => line.id === before) ? before : lines[0]?.id;
  if (!id) return;
  const next = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
  // Meanwhile somebody may have typed, or chosen another.
  if (!hasEdits() && campaign?.id === before) take(next);
}
