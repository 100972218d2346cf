// SPDX-License-Identifier: MIT
// Campaigns: numbers of products, edited and published; versions, and back to one; the file behind it.
import { AmountProblem, readAmount } from './amount.js';
import { Campaign, CampaignLine, Change, Edit, Problem, Product, Refusal, Version, get, post } from './api.js';
import { ask, button, el, explain, say } from './dom.js';
import { digitsOf, moment, money, number, plainMoney, who } from './format.js';
import { currentLanguage, named, t } from './texts.js';

type Field = 'amount' | 'offer' | 'stock';
const kFields: Field[] = ['amount', 'offer', 'stock'];
const kMostMoney = 1_000_000_000_000;
const kMostStock = 1_000_000_000;

let lines: CampaignLine[] = [];
let campaign: Campaign | null = null;
let shownKey = '';
// What was typed and not published yet, by product and field.
const typed = new Map<string, string>();
const refused = new Map<string, string>();
let container: HTMLElement | null = null;

const keyOf = (product: string, field: string): string => `${product}/${field}`;
const names = new Map<string, Record<string, string>>();

export function productName(ofCampaign: string, product: string): string {
  return names.get(`${ofCampaign}/${product}`)?.[currentLanguage()] ?? product;
}

// Of the pool, for it is the truth; where there is none yet, of the campaign.
function stockOf(product: Product): number | null {
  if (campaign?.how === 'file' && product.pool) return product.pool.stock;
  return product.stock;
}

function valueText(product: Product, field: Field): string {
  if (field === 'stock') return stockOf(product) === null ? '' : String(stockOf(product));
  const minor = field === 'amount' ? product.amount : product.offer;
  return minor === null ? '' : plainMoney(minor, product.currency);
}

const current = (product: Product, field: Field): string =>
  typed.get(keyOf(product.id, field)) ?? valueText(product, field);

const problemText = ({ key, digits, example }: AmountProblem): string => t(key, { digits, example });

// The number that was typed in the smallest coin, or what is wrong with it.
function readMoney(text: string, currency: string): number | string {
  const minor = readAmount(text, digitsOf(currency));
  if (typeof minor !== 'number') return problemText(minor);
  return minor <= kMostMoney ? minor : t('bad_range', { most: plainMoney(kMostMoney, currency) });
}

function readStock(text: string, product: Product): number | string {
  const stock = readAmount(text, 0);
  if (typeof stock !== 'number') return problemText(stock);
  if (stock > kMostStock) return t('bad_range', { most: number(kMostStock) });
  const taken = product.pool?.taken ?? 0;
  return stock < taken ? t('bad_taken', { count: number(taken) }) : stock;
}

function readField(product: Product, field: Field): number | null | string {
  const text = current(product, field);
  if (field === 'stock') return text.trim() === '' && product.stock === null ? null : readStock(text, product);
  if (field === 'offer' && text.trim() === '') return null;
  const minor = readMoney(text, product.currency);
  if (field !== 'offer' || typeof minor === 'string') return minor;
  const amount = readMoney(current(product, 'amount'), product.currency);
  if (typeof amount !== 'number' || minor <= amount) return minor;
  return t('bad_offer', { price: money(amount, product.currency) });
}

const original = (product: Product, field: Field): number | null =>
  field === 'stock' ? stockOf(product) : field === 'amount' ? product.amount : product.offer;

function isChanged(product: Product, field: Field): boolean {
  if (!typed.has(keyOf(product.id, field))) return false;
  return readField(product, field) !== original(product, field);
}

function changedFields(): { product: Product; field: Field }[] {
  const changed: { product: Product; field: Field }[] = [];
  for (const product of campaign?.products ?? []) {
    for (const field of kFields) if (isChanged(product, field)) changed.push({ product, field });
  }
  return changed;
}

const shown = (product: Product, field: Field, value: number | null): string =>
  value === null ? t('no_offer') : field === 'stock' ? number(value) : money(value, product.currency);

const fieldName = (field: string): string =>
  field === 'amount' ? t('price') : field === 'offer' ? t('offer') : field === 'stock' ? t('stock') : field;

// "True red: stock 200 → 180".
export function changeText(change: Change, ofCampaign: string): string {
  if (change.field === 'other') return t('other_change');
  const product = productName(ofCampaign, change.product);
  if (change.field === 'product') return `${product}: ${t(change.after ? 'came' : 'went')}`;
  const currency = campaign?.products.find(({ id }) => id === change.product)?.currency ?? '';
  const value = (raw: string): string => {
    if (raw === '') return t('no_offer');
    const minor = Number(raw);
    if (!Number.isFinite(minor)) return raw;
    return change.field === 'stock' || currency === '' ? number(minor) : money(minor, currency);
  };
  return `${product}: ${fieldName(change.field)} ${value(change.before)} → ${value(change.after)}`;
}

function changeList(changes: Change[]): HTMLElement {
  const id = campaign?.id ?? '';
  const items = changes.map((change) => el('li', {}, changeText(change, id)));
  return items.length > 0 ? el('ul', { class: 'changes' }, ...items) : el('p', { class: 'soft' }, t('no_change'));
}

// --- What is drawn ----------------------------------------------------------------------------

function fieldBox(product: Product, field: Field): HTMLElement {
  const id = `${product.id}-${field}`;
  const input = el('input', {
    id, inputmode: field === 'stock' ? 'numeric' : 'decimal', autocomplete: 'off', 'aria-describedby': `${id}-hint`,
    'data-field': keyOf(product.id, field), value: current(product, field),
    ...(field === 'offer' ? { placeholder: t('no_offer') } : {}),
  });
  const hint = el('p', { id: `${id}-hint`, class: 'hint' });
  const box = el('div', { class: `field ${field}` }, el('label', { for: id }, fieldName(field)), input, hint);
  const look = () => {
    const value = readField(product, field);
    const problem = typeof value === 'string' ? value : refused.get(keyOf(product.id, field));
    const changed = isChanged(product, field);
    box.classList.toggle('bad', problem !== undefined);
    box.classList.toggle('changed', changed && problem === undefined);
    input.setAttribute('aria-invalid', String(problem !== undefined));
    hint.textContent = problem ?? (changed ? t('was', { value: shown(product, field, original(product, field)) })
      : field === 'stock' ? stockHint(product) : '');
  };
  input.addEventListener('input', () => {
    typed.set(keyOf(product.id, field), input.value);
    refused.delete(keyOf(product.id, field));
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
  if (version.changes.length > 0) line.append(changeList(version.changes));
  if (isCurrent) head.append(el('span', { class: 'chip good' }, t('current')));
  else line.append(button(t('roll_back'), 'quiet', () => void rollBack(version)));
  return line;
}

function fileNotice(): HTMLElement | null {
  if (!campaign?.file_changed) return null;
  return el('section', { class: 'card notice', 'aria-label': t('file_changed') },
    el('h3', {}, t('file_changed')), el('p', {}, t('file_changed_what')), changeList(campaign.file_changes),
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
  select.addEventListener('change', () => void open(select.value));
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
  const count = changedFields().length;
  bar.hidden = count === 0;
  if (count === 0) return bar.replaceChildren();
  const text = count === 1 ? t('change_one') : t('changes', { count: number(count) });
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
  typed.clear();
  refused.clear();
  draw();
}

function take(next: Campaign): void {
  campaign = next;
  for (const product of next.products) names.set(`${next.id}/${product.id}`, product.names);
  show();
}

function firstProblem(): HTMLInputElement | null {
  return container?.querySelector<HTMLInputElement>('.field.bad input') ?? null;
}

function edits(): Record<string, Edit> {
  const products: Record<string, Edit> = {};
  for (const { product, field } of changedFields()) {
    const value = readField(product, field) as number | null;
    const edit = (products[product.id] ??= {});
    if (field === 'offer') edit.offer = value;
    else if (value !== null) edit[field] = value;
  }
  return products;
}

async function publish(): Promise<void> {
  if (!campaign) return;
  // What the server refused before it may take by now.
  refused.clear();
  lookAgain();
  const bad = firstProblem();
  if (bad) {
    say(t('problem_first'), true);
    return bad.focus();
  }
  const list = el('ul', { class: 'changes' }, ...changedFields().map(({ product, field }) =>
    el('li', {}, `${productName(campaign?.id ?? '', product.id)}: ${fieldName(field)} ` +
      `${shown(product, field, original(product, field))} → ${shown(product, field, readField(product, field) as number | null)}`)));
  if (!await ask({ title: t('publish_ask'), lines: [list, t('publish_what')], yes: t('publish') })) return;
  await send('publish', { products: edits() });
}

async function rollBack(version: Version): Promise<void> {
  const of = { version: version.version };
  const sure = await ask({ title: t('roll_back_ask', of), lines: [t('roll_back_what', of)], yes: t('roll_back') });
  if (sure) await send('roll-back', of);
}

async function takeFile(): Promise<void> {
  const lists = [changeList(campaign?.file_changes ?? []), t('take_file_what')];
  if (await ask({ title: t('take_file_ask'), lines: lists, yes: t('take_file') })) await send('take-file', {});
}

async function send(act: string, body: object): Promise<void> {
  const base = campaign;
  if (!base) return;
  const path = `/api/campaigns/${encodeURIComponent(base.id)}/${act}`;
  try {
    const next = await post<Campaign>(path, { base_version: base.version, base_etag: base.etag, ...body });
    typed.clear();
    refused.clear();
    shownKey = '';  // what is shown has them still
    say(next.version === base.version ? t('nothing_new') : t('published', { version: next.version }));
    take(next);
  } catch (error) {
    if (error instanceof Refusal && error.status === 422) return showProblems(error.body as { problems: Problem[] });
    if (error instanceof Refusal && error.status === 409) return showConflict(error.body as Conflict);
    say(explain(error), true);
  }
}

// Each beside its field; those of no field in the line that is read aloud.
function showProblems({ problems }: { problems: Problem[] }): void {
  refused.clear();
  const elsewhere: string[] = [];
  for (const problem of problems) {
    const text = problem.code === 'stock_taken' ? t('bad_taken', { count: number(problem.limit) })
      : `${problem.message} – ${problem.cure}`;
    const key = keyOf(problem.product, problem.field);
    // Where it is no edit that is refused but an older version, its numbers are not those shown.
    if (typed.has(key)) refused.set(key, text);
    else elsewhere.push(problem.product ? `${productName(campaign?.id ?? '', problem.product)}: ${text}` : text);
  }
  lookAgain();
  say([t('problem_first'), ...elsewhere].join(' '), true);
  firstProblem()?.focus();
}

interface Conflict { current: Version; changes: Change[] }

async function showConflict({ current: theirs, changes }: Conflict): Promise<void> {
  const what = t('conflict_what', { who: who(theirs.actor), version: theirs.version });
  const lists = [what, changeList(changes), t('conflict_more')];
  if (!await ask({ title: t('conflict'), lines: lists, yes: t('conflict_keep') })) return;
  if (campaign) await open(campaign.id);
}

async function open(id: string): Promise<void> {
  if (campaign && campaign.id !== id) discard();
  take(await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`));
}

// --- The view ---------------------------------------------------------------------------------

// Names of all products, for whoever shows claims.
export async function loadNames(): Promise<void> {
  lines = (await get<{ campaigns: CampaignLine[] }>('/api/campaigns')).campaigns;
  for (const { id } of lines) {
    const { products } = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
    for (const product of products) names.set(`${id}/${product.id}`, product.names);
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
  const id = lines.some((line) => line.id === campaign?.id) ? campaign?.id : lines[0]?.id;
  if (!id) return;
  const next = await get<Campaign>(`/api/campaigns/${encodeURIComponent(id)}`);
  // Who is in the middle of something is told when publishing, not under their fingers.
  if (changedFields().length > 0 && campaign?.id === id) return;
  take(next);
}
