import { type MappedText, spanOf } from './mapped-text.ts';

/** Writes a new mapped text from parts of an earlier one. */
export class MappedBuilder {
  readonly #from: MappedText;
  #text: string[] = [];
  #starts: number[] = [];
  #ends: number[] = [];

  constructor(from: MappedText) {
    this.#from = from;
  }

  /** Units [from, to) as they are. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    this.#text.push(this.#from.text.slice(from, to));
    for (let i = from; i < to; i++) {
      this.#starts.push(this.#from.starts[i]);
      this.#ends.push(this.#from.ends[i]);
    }
  }

  /** `text` in place of units [from, to): every unit of it stands for all of them. */
  replace(from: number, to: number, text: string): void {
    if (text.length === 0) return;
    const { start, end } = spanOf(this.#from, from, to);
    this.#text.push(text);
    for (let i = 0; i < text.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** `text` in place of units [from, to), each unit of it standing for its share of them, in order. */
  spread(from: number, to: number, text: string): void {
    const before = [...this.#from.text.slice(from, to)];
    const after = [...text];
    if (before.length < 2) {
      this.replace(from, to, text);
      return;
    }
    const offsets = [from];
    for (const character of before) offsets.push(offsets.at(-1)! + character.length);
    for (const [i, character] of after.entries()) {
      const first = Math.floor((i * before.length) / after.length);
      const last = Math.max(first + 1, Math.floor(((i + 1) * before.length) / after.length));
      this.replace(offsets[first], offsets[last], character);
    }
  }

  /** `text` that stands for nothing, put in before unit `at`. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  build(): MappedText {
    return { text: this.#text.join(''), starts: this.#starts, ends: this.#ends };
  }
}
