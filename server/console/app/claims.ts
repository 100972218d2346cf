// SPDX-License-Identifier: MIT
// Claims as they come, what is left, finding one, taking one back.
import { Claim, Claims, Pool, Refusal, post } from './api.js';
import { Question, ask, button, el, explain, say, setText } from './dom.js';
import { moment, money, number } from './format.js';
import { productName } from './products.js';
import { named, t } from './texts.js';

const kRefundPatienceMs = 60000;

let newest: Claims | null = null;
let found: Claim | null = null;
let parts: { stock: HTMLElement; list: HTMLElement; found: HTMLElement } | null = null;
// By claim: what is on screen stays the same element, so focus stays where it is.
const rows = new Map<string, HTMLElement>();

// --- What is drawn ----------------------------------------------------------------------------

function segment(kind: string, share: number): HTMLElement {
  const part = el('span', { class: kind });
  part.style.flexGrow = String(share);
  part.hidden = share === 0;
  return part;
}

// Where several campaigns run, whose it is, too.
function priceText({ price, currency }: { price: number; currency: string }, campaign: string): string {
  const campaigns = new Set(newest?.pools.map(({ pool }) => pool.split('/')[0]));
  return campaigns.size > 1 ? `${money(price, currency)} · ${campaign}` : money(price, currency);
}

function poolLine(pool: Pool): HTMLElement {
  const [campaign, product] = pool.pool.split('/');
  const numbers = t('stock_line', {
    issued: number(pool.issued), held: number(pool.held), remaining: number(pool.remaining),
  });
  const bar = el('div', { class: 'stock-bar', 'aria-hidden': 'true' }, segment('issued', pool.issued),
    segment('held', pool.held), segment('remaining', pool.remaining));
  return el('li', {}, el('div', { class: 'stock-head' },
    el('b', {}, productName(campaign ?? '', product ?? '')),
    el('span', { class: 'soft' }, priceText(pool, campaign ?? ''))), bar, el('p', { class: 'numbers' }, numbers));
}

const canBeTaken = (claim: Claim): boolean => claim.state === 'held' || claim.state === 'issued';

function stateText(claim: Claim): string {
  const state = named(`state_${claim.state}`, claim.state);
  const reason = claim.state === 'released' ? named(`reason_${claim.reason}`, '') : '';
  const payment = claim.payment === 'none' ? '' : named(`payment_${claim.payment}`, claim.payment);
  return [state, reason, payment].filter((text) => text !== '').join(' · ');
}

function takeBackLabel(claim: Claim): string {
  if (claim.state === 'held') return t('end_hold_act');
  return t(claim.price > 0 ? 'void_act' : 'void_free_act');
}

// A line whose parts are filled again when the claim moves on.
function claimRow(claim: Claim): HTMLElement {
  const row = el('li', { class: 'claim', 'data-claim': claim.claim },
    el('div', { class: 'what' }, el('b'), el('span', { class: 'price' })),
    el('span', { class: 'chip' }), el('span', { class: 'code' }), el('span', { class: 'time soft' }));
  const act = button('', 'quiet', () => void takeBack(row));
  row.append(act);
  return row;
}

const claims = new WeakMap<HTMLElement, Claim>();

function fillRow(row: HTMLElement, claim: Claim): void {
  claims.set(row, claim);
  const part = (name: string): HTMLElement => row.querySelector<HTMLElement>(name) ?? row;
  const product = productName(claim.campaign, claim.product);
  setText(part('b'), product);
  setText(part('.price'), priceText(claim, claim.campaign));
  setText(part('.chip'), stateText(claim));
  part('.chip').className = `chip ${claim.state}`;
  setText(part('.code'), claim.code || t('no_code'));
  setText(part('.time'), claim.state === 'held' ? `${moment(claim.held_time)} ${t('until', { time: moment(claim.hold_until) })}`
    : moment(claim.ended_time || claim.issued_time || claim.held_time));
  const act = part('button');
  setText(act, takeBackLabel(claim));
  act.setAttribute('aria-label', `${takeBackLabel(claim)}: ${product}, ${claim.code || moment(claim.held_time)}`);
  act.hidden = !canBeTaken(claim);
}

function showList(list: Claim[]): void {
  if (!parts) return;
  const wanted = list.map((claim) => {
    const row = rows.get(claim.claim) ?? claimRow(claim);
    rows.set(claim.claim, row);
    fillRow(row, claim);
    return row;
  });
  for (const [id, row] of rows) if (!wanted.includes(row)) {
    row.remove();
    rows.delete(id);
  }
  // Only what stands elsewhere is moved: who is moved loses the focus.
  wanted.forEach((row, at) => {
    const there = parts?.list.children[at];
    if (there !== row) parts?.list.insertBefore(row, there ?? null);
  });
  const empty = parts.list.querySelector('.empty');
  if (list.length === 0 && !empty) parts.list.append(el('li', { class: 'empty soft' }, t('no_claims')));
  if (list.length > 0) empty?.remove();
}

function showFound(): void {
  if (!parts) return;
  if (!found) return parts.found.replaceChildren();
  const row = parts.found.querySelector<HTMLElement>('.claim') ?? claimRow(found);
  fillRow(row, found);
  if (!row.isConnected) {
    parts.found.replaceChildren(el('h3', {}, t('found')), el('ul', { class: 'claims card' }, row),
      el('p', { class: 'soft number' }, t('number', { claim: found.claim })));
  }
}

function show(): void {
  if (!newest || !parts) return;
  const pools = newest.pools.length > 0 ? newest.pools.map(poolLine) : [el('li', { class: 'soft' }, t('no_stock'))];
  parts.stock.replaceChildren(...pools);
  showList(newest.claims);
  showFound();
}

function findForm(): HTMLElement {
  const input = el('input', {
    id: 'find', name: 'find', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '64',
    'aria-describedby': 'find-hint',
  });
  const form = el('form', { class: 'find card', role: 'search' }, el('label', { for: 'find' }, t('find_label')),
    el('div', { class: 'row' }, input, el('button', { class: 'primary' }, t('find'))),
    el('p', { id: 'find-hint', class: 'hint' }, t('find_hint')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void find(input.value.trim());
  });
  return form;
}

// --- What is done -----------------------------------------------------------------------------

const ofClaim = async (text: string): Promise<Claim> => (await post<{ claim: Claim }>('/api/claims/find', { find: text })).claim;

async function find(text: string): Promise<void> {
  if (text === '') return;
  found = null;
  showFound();
  try {
    found = await ofClaim(/^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : text);
    say('');
  } catch (error) {
    say(error instanceof Refusal && error.code === 'no_claim' ? t('not_found') : explain(error), true);
  }
  showFound();
}

// Of what was paid, and of what may still be.
function moneyText(claim: Claim): string {
  if (claim.payment === 'paid') return t('money_back', { price: money(claim.price, claim.currency) });
  return t(claim.price > 0 && claim.state === 'held' ? 'money_pending' : 'money_none');
}

// What becomes of the claim, of stock and of money, each in a line.
function question(claim: Claim): Question {
  const values = {
    product: productName(claim.campaign, claim.product), price: money(claim.price, claim.currency), code: claim.code,
  };
  const isHold = claim.state === 'held';
  const effects = [t(isHold ? 'hold_claim' : 'void_claim'), t(newest?.stopped ? 'back_to_stock_stopped' : 'back_to_stock'),
    moneyText(claim)];
  return {
    title: t(isHold ? 'end_hold_ask' : claim.price > 0 ? 'void_ask' : 'void_free_ask'),
    lines: [el('p', { class: 'what' }, t(isHold ? 'of_hold' : 'of_voucher', values)),
      el('ul', { class: 'changes' }, ...effects.map((effect) => el('li', {}, effect))), t('no_undo')],
    yes: takeBackLabel(claim), danger: true,
  };
}

async function takeBack(row: HTMLElement): Promise<void> {
  const claim = claims.get(row);
  if (!claim || !canBeTaken(claim)) return;
  if (!await ask(question(claim))) return;
  say(t('void_working'));
  try {
    const { claim: now } = await post<{ claim: Claim }>('/api/claims/void',
      { claim: claim.claim, state: claim.state });
    keep(now);
    await tellEnd(now);
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) {
      const now = (error.body as { claim: Claim }).claim;
      keep(now);
      return say(error.code === 'redeemed' ? t('too_late', { time: moment(now.ended_time) })
        : t('not_confirmed', { state: stateText(now) }), true);
    }
    say(explain(error), true);
  }
}

function keep(claim: Claim): void {
  if (newest) newest = { ...newest, claims: newest.claims.map((one) => (one.claim === claim.claim ? claim : one)) };
  if (found?.claim === claim.claim) found = claim;
  show();
}

// Until the provider has answered, or for a minute: the server goes on asking by itself.
async function tellEnd(claim: Claim): Promise<void> {
  if (claim.state === 'released') return say(t(claim.reason === 'stopped' ? 'hold_ended' : 'ended_already'));
  const price = money(claim.price, claim.currency);
  const end = Date.now() + kRefundPatienceMs;
  for (let now = claim; ; now = await ofClaim(claim.claim)) {
    keep(now);
    if (now.payment === 'refunded') return say(t('refund_done', { price }));
    if (now.payment !== 'refund_due') return say(t('void_done'));
    if (Date.now() > end) return say(t('refund_long'), true);
    say(t('refund_waiting'));
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

// --- The view ---------------------------------------------------------------------------------

export function open_view(into: HTMLElement): void {
  rows.clear();
  parts = { stock: el('ul', { class: 'stocks card' }), list: el('ul', { class: 'claims card' }), found: el('div', { class: 'found' }) };
  into.replaceChildren(
    el('section', {}, el('h2', {}, t('find')), findForm(), parts.found),
    el('section', {}, el('h2', {}, t('stock_now')), parts.stock),
    el('section', {}, el('h2', {}, t('newest')), parts.list));
  show();
}

export function update(next: Claims): void {
  newest = next;
  const again = next.claims.find(({ claim }) => claim === found?.claim);
  if (again) found = again;
  if (parts?.list.isConnected) show();
}
