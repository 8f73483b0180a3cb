import { DbtError } from '../diagnostics/errors.js';
import type { Ask } from './task.js';

/** How an answer is read; `integer`, `float` and `boolean` are asked for again until they are one. */
export type AnswerType = 'string' | 'int' | 'float' | 'bool';

export interface Question {
  readonly text: string;
  readonly default?: unknown;
  readonly type?: AnswerType | undefined;
  readonly hidden?: boolean;
}

const TRUE = /^(1|true|t|yes|y|on)$/i;
const FALSE = /^(0|false|f|no|n|off)$/i;

/** The questions of a command in the form of dbt's: `text [default]: `. */
export class Questions {
  readonly #ask: Ask;
  readonly #say: (text: string) => void;

  constructor(ask: Ask, say: (text: string) => void) {
    this.#ask = ask;
    this.#say = say;
  }

  /** A line that is no question. */
  say(text: string): void {
    this.#say(`${text}\n`);
  }

  /** Asks until there is an answer of the type; nothing stands for the default. Throws `input-missing` at the end of input. */
  async value(question: Question): Promise<unknown> {
    const { text, hidden = false } = question;
    const shown = question.default === undefined || question.default === null ? '' : ` [${String(question.default)}]`;
    for (;;) {
      const answer = await this.#ask(`${text}${shown}: `, { hidden });
      if (answer === null) throw noInput(text);
      if (answer === '' && shown === '') continue;
      if (answer === '') return question.default;
      const value = readAnswer(answer, question.type ?? typeOf(question.default));
      if (value !== undefined) return value;
      this.say(`Error: '${answer}' is not a valid ${NAMES[question.type ?? typeOf(question.default)]}.`);
    }
  }

  async confirm(text: string): Promise<boolean> {
    for (;;) {
      const answer = await this.#ask(`${text} [y/N]: `);
      if (answer === null) throw noInput(text);
      if (/^(y|yes)$/i.test(answer.trim())) return true;
      if (/^(n|no)?$/i.test(answer.trim())) return false;
      this.say('Error: invalid input');
    }
  }

  /** One of several, by its number; the list is shown before each attempt. */
  async choice<T>(head: string, choices: readonly T[], question: string): Promise<T> {
    const list = choices.map((choice, i) => `[${i + 1}] ${String(choice)}`).join('\n');
    for (;;) {
      const chosen = await this.value({ text: `${head}${list}\n${question}`, type: 'int' });
      const found = choices[Number(chosen) - 1];
      if (found !== undefined) return found;
      this.say(`Error: ${String(chosen)} is not one of 1 to ${choices.length}.`);
    }
  }
}

const NAMES: { readonly [type in AnswerType]: string } = {
  string: 'text',
  int: 'integer',
  float: 'float',
  bool: 'boolean',
};

/** A default says what its answers are. */
function typeOf(value: unknown): AnswerType {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'string';
}

function readAnswer(answer: string, type: AnswerType): unknown {
  const text = answer.trim();
  switch (type) {
    case 'int':
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
    case 'float':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'bool':
      return TRUE.test(text) ? true : FALSE.test(text) ? false : undefined;
    default:
      return answer;
  }
}

function noInput(text: string): DbtError {
  return new DbtError('input-missing', `There is no answer to: ${text.split('\n').at(-1)}`, {
    hint: 'Give the name of the project behind init, and --skip-profile-setup or --profile, where nobody answers.',
  });
}
