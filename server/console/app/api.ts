// SPDX-License-Identifier: MIT
// What the server tells and takes (docs/openapi.yaml). One request at a time: one connection.

export interface Change { product: string; field: string; before: string; after: string }
export interface Version {
  version: number; time: number; actor: string; how: string; of_version: number; changes: Change[];
}
export interface Product {
  id: string; code: string; names: Record<string, string>; shade: string; amount: number; offer: number | null;
  currency: string; stock: number | null; pool: { stock: number; taken: number; open: boolean } | null;
}
export interface Campaign {
  id: string; version: number; etag: string; how: string; actor: string; time: number; file_changed: boolean;
  file_changes: Change[]; products: Product[]; versions: Version[];
}
export interface CampaignLine { id: string; version: number; published: boolean; file_changed: boolean }
export interface Problem {
  product: string; field: string; code: string; message: string; cure: string; limit: number;
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

let last: Promise<unknown> = Promise.resolve();

// After everything that was asked before, whatever became of it.
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

function refusal(status: number, body: unknown): Refusal {
  const code = (body as { error?: unknown }).error;
  return new Refusal(status, typeof code === 'string' ? code : String(status), body);
}

const etags = new Map<string, string>();

// null: nothing has changed since it was asked last.
export function getIfChanged<T>(path: string): Promise<T | null> {
  return inTurn(async () => {
    const known = etags.get(path);
    const headers: Record<string, string> = known ? { 'If-None-Match': known } : {};
    const response = await fetch(path, { cache: 'no-store', headers });
    if (response.status === 304) return null;
    const body = await read(response);
    if (!response.ok) throw refusal(response.status, body);
    const etag = response.headers.get('ETag');
    if (etag) etags.set(path, etag);
    return body as T;
  });
}

export function get<T>(path: string): Promise<T> {
  return inTurn(async () => {
    const response = await fetch(path, { cache: 'no-store' });
    const body = await read(response);
    if (!response.ok) throw refusal(response.status, body);
    return body as T;
  });
}

export function post<T>(path: string, body: object): Promise<T> {
  return inTurn(async () => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(path, { method: 'POST', cache: 'no-store', headers, body: JSON.stringify(body) });
    const answer = await read(response);
    if (!response.ok) throw refusal(response.status, answer);
    return answer as T;
  });
}
