// SPDX-License-Identifier: MIT
// Elements, and the question before something happens. Text only ever enters as text: what devices
// and people write is shown, never interpreted.
import { Refusal } from './api.js';
import { named, t } from './texts.js';

type Child = Node | string | null;

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

export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

// Read aloud, and gone by itself when the next thing is said.
export function say(text: string, isBad = false): void {
  const line = byId('said');
  line.className = isBad ? 'bad' : '';
  setText(line, text);
  line.hidden = text === '';
}

export function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return t('error_away');
  return named(`error_${error.code}`, t('error_other', { code: error.code }));
}

interface Question {
  title: string;
  lines: Child[];
  yes: string;
  danger?: boolean;
}

// Resolves with whether it shall happen. The way out has the focus: Enter alone does nothing.
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = el('dialog', { 'aria-labelledby': 'question', class: question.danger ? 'danger' : '' });
    const end = (answer: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const no = button(t('cancel'), 'quiet', () => end(false));
    const yes = button(question.yes, question.danger ? 'danger' : 'primary', () => end(true));
    dialog.append(el('h2', { id: 'question' }, question.title));
    for (const line of question.lines) dialog.append(line instanceof Node ? line : el('p', {}, line ?? ''));
    dialog.append(el('div', { class: 'actions' }, no, yes));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
