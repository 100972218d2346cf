// SPDX-License-Identifier: MIT
// What the server tells and takes (docs/openapi.yaml). One request at a time: one connection.

export interface Change {
  product: string; field: string; before: string; after: string;
  currency?: string;  // of money; not in versions of earlier builds
}
export interface Version {
  version: number; time: number; actor: string; how: string; of_version: number; changes: Change[];
}
export interface Product {
  id: string; code: string; names: Record<string, string>; shade: string; amount: number; offer: number | null;
  currency: string; stock: number | null; pool: { stock: number; taken: number; open: boolean } | null;
}
export interface Campaign {
  id: string; version: number; etag: string; how: string; actor: string; time: number; file_changed: boolean;
  file_etag: string; file_changes: Change[]; products: Product[]; versions: Version[];
}
export interface CampaignLine { id: string; version: number; published: boolean; file_changed: boolean }
export interface Problem {
  product: string; field: string; code: string; message: string; cure: string; limit: number; path: string;
}
export interface Pool {
  pool: string; stock: number; issued: number; held: number; remaining: number; open: boolean; price: number;
  currency: string;
}
export interface Claim {
  claim: string; campaign: string; product: string; state: string; reason: string; price: number; currency: string;
  payment: string; code: string; held_time: number; hold_until: number; issued_time: number; ended_time: number;
  valid_until: number;
}
export interface Stop { time: number; actor: string }
export interface Claims { stopped: Stop | null; pools: Pool[]; claims: Claim[] }
export interface Screen {
  device: string; state: string; connected: boolean; since: number; heard: number; build: string; campaign: string;
  queued: number; memory_only: boolean;
}
export interface Screens { time: number; pages: number; devices: number; screens: Screen[] }
// What was done, in numbers; text: of an earlier build.
export interface AuditDetail {
  version?: number; changes?: Change[]; pool?: string; state?: string; price?: number; currency?: string; why?: string;
}
export interface AuditLine {
  position: number; time: number; actor: string; act: string; target: string; detail: AuditDetail | string;
}
export interface Edit { stock?: number; amount?: number; offer?: number | null }

// What was refused, with all that the server said about it.
export class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly body: unknown) {
    super(code);
  }
}

// Nobody answered, or only half of an answer came.
export class NoAnswer extends Error {}

const kPatienceMs = 30000;

let answered = 0;
let last: Promise<unknown> = Promise.resolve();

// When the server answered last as it should; 0: it has not yet.
export const lastAnswer = (): number => answered;

// After everything that was asked before, whatever became of it.
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

interface Answer { response: Response; text: string }

async function fetchText(path: string, init: RequestInit): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), kPatienceMs);
  try {
    const response = await fetch(path, { cache: 'no-store', signal: patience.signal, ...init });
    return { response, text: await response.text() };
  } catch (error) {
    throw new NoAnswer(String(error));
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(status: number, body: unknown): Refusal {
  const code = (body as { error?: unknown } | undefined)?.error;
  return new Refusal(status, typeof code === 'string' ? code : String(status), body);
}

function bodyOf<T>({ response, text }: Answer): T {
  const body = parsed(text);
  if (!response.ok) throw refusal(response.status, body);
  if (body === undefined) throw new NoAnswer(`${response.url}: no JSON`);
  answered = Date.now();
  return body as T;
}

const etags = new Map<string, string>();

// Calls `use` with what is new; not at all where nothing has changed since it was used last. What could not be
// used is asked for again.
export function getChanged<T>(path: string, use: (body: T) => void): Promise<void> {
  return inTurn(async () => {
    const known = etags.get(path);
    const answer = await fetchText(path, known ? { headers: { 'If-None-Match': known } } : {});
    if (answer.response.status === 304) {
      answered = Date.now();
      return;
    }
    use(bodyOf<T>(answer));
    const etag = answer.response.headers.get('ETag');
    if (etag) etags.set(path, etag);
  });
}

export function get<T>(path: string): Promise<T> {
  return inTurn(async () => bodyOf<T>(await fetchText(path, {})));
}

export function post<T>(path: string, body: object, more: Record<string, string> = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...more };
  return inTurn(async () => bodyOf<T>(await fetchText(path, { method: 'POST', headers, body: JSON.stringify(body) })));
}
