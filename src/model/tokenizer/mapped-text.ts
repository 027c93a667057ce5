/**
 * A text on its way through the tokenizer that remembers where it came from: UTF-16 unit i of `text` stands for
 * [starts[i], ends[i]) of the user's original text. Units that the tokenizer put in itself have an empty span.
 */
export interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The original text: unit i stands for itself. A surrogate pair is one character: both halves stand for it. */
export function mapText(text: string): MappedText {
  const starts = new Array<number>(text.length);
  const ends = new Array<number>(text.length);
  for (let i = 0; i < text.length; i++) {
    const size = text.codePointAt(i)! > 0xffff ? 2 : 1;
    for (let j = i; j < i + size; j++) {
      starts[j] = i;
      ends[j] = i + size;
    }
    i += size - 1;
  }
  return { text, starts, ends };
}

/** Part [from, to) of a mapped text. */
export function sliceMapped(mapped: MappedText, from: number, to: number): MappedText {
  return {
    text: mapped.text.slice(from, to),
    starts: mapped.starts.slice(from, to),
    ends: mapped.ends.slice(from, to),
  };
}

/** Span in the original that units [from, to) stand for; empty when all of them were put in by the tokenizer. */
export function spanOf(mapped: MappedText, from: number, to: number): { start: number; end: number } {
  let start = -1;
  let end = -1;
  for (let i = from; i < to; i++) {
    if (mapped.ends[i] <= mapped.starts[i]) continue;
    if (start < 0 || mapped.starts[i] < start) start = mapped.starts[i];
    if (mapped.ends[i] > end) end = mapped.ends[i];
  }
  if (start >= 0) return { start, end };
  const at = from < mapped.starts.length ? mapped.starts[from] : (mapped.ends.at(-1) ?? 0);
  return { start: at, end: at };
}

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

/** How far to look for a place where the two texts agree again. */
const REACH = 48;
/** Units that must agree there, so that a chance letter does not count. */
const AGREE = 3;

/**
 * Last resort when a normalizer cannot be followed part by part: walks both texts, copies what agrees, and lets each
 * stretch that differs stand for the stretch that it replaces. Always monotone.
 */
export function alignText(before: MappedText, after: string): MappedText {
  const builder = new MappedBuilder(before);
  const a = before.text;
  let i = 0;
  let j = 0;
  while (i < a.length && j < after.length) {
    if (a[i] === after[j]) {
      builder.copy(i, ++i);
      j++;
      continue;
    }
    const [di, dj] = resync(a, i, after, j);
    builder.spread(i, i + di, after.slice(j, j + dj));
    i += di;
    j += dj;
  }
  if (j < after.length) builder.spread(i, a.length, after.slice(j));
  return builder.build();
}

function resync(a: string, i: number, b: string, j: number): [number, number] {
  for (let sum = 1; sum <= 2 * REACH; sum++) {
    for (let di = Math.max(0, sum - REACH); di <= Math.min(sum, REACH); di++) {
      if (agrees(a, i + di, b, j + sum - di)) return [di, sum - di];
    }
  }
  return [a.length - i, b.length - j];
}

function agrees(a: string, i: number, b: string, j: number): boolean {
  if (i > a.length || j > b.length) return false;
  for (let k = 0; k < AGREE; k++) {
    if (i + k === a.length && j + k === b.length) return k > 0 || (i === a.length && j === b.length);
    if (i + k >= a.length || j + k >= b.length || a[i + k] !== b[j + k]) return false;
  }
  return true;
}
