// SPDX-License-Identifier: MIT
// Elements, and the question before something happens. Text only ever enters as text: what devices
// and people write is shown, never interpreted.
import { NoAnswer, Refusal } from './api.js';
import { named, t } from './texts.js';

export type Child = Node | string | null;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return element;
}

export function button(text: string, kind: string, act: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button', class: kind }, text);
  made.addEventListener('click', act);
  return made;
}

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

// Read aloud, what went wrong at once, and gone when the next thing is said. Always there, if empty: what comes
// together with its text some readers leave out.
export function say(text: string, isBad = false): void {
  const line = byId('said');
  line.className = isBad ? 'bad' : '';
  line.setAttribute('aria-live', isBad ? 'assertive' : 'polite');
  setText(line, text);
  byId('told').className = text === '' ? '' : isBad ? 'bad' : 'good';
  byId('close').hidden = text === '';
}

export function explain(error: unknown): string {
  if (error instanceof NoAnswer) return t('error_away');
  if (!(error instanceof Refusal)) return t('page_fault');
  return named(`error_${error.code}`, t('error_other', { code: error.code }));
}

export interface Question {
  title: string;
  lines: Child[];
  yes: string;
  no?: string;
  danger?: boolean;
}

// Resolves with whether it shall happen. The way out has the focus: Enter alone does nothing.
export function ask(question: Question): Promise<boolean> {
  say('');
  return new Promise((resolve) => {
    const dialog = el('dialog', { 'aria-labelledby': 'question', 'aria-describedby': 'answer', class: question.danger ? 'danger' : '' });
    const end = (answer: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const no = button(question.no ?? t('cancel'), 'quiet', () => end(false));
    const yes = button(question.yes, question.danger ? 'danger' : 'primary', () => end(true));
    const lines = question.lines.map((line) => (line instanceof Node ? line : el('p', {}, line ?? '')));
    dialog.append(el('h2', { id: 'question' }, question.title), el('div', { id: 'answer' }, ...lines),
      el('div', { class: 'actions' }, no, yes));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
