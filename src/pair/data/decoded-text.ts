/**
 * Where the units of a decoded text are written: three numbers a stretch, [UTF-16 units of the text, offset of the first as
 * it is written, UTF-16 units that it is written with]. A stretch as long as it is written stands there as it is, unit by
 * unit; of every other (an escape) each unit stands for all of it. Plain numbers, so that it can be stored as JSON.
 */
export type OffsetMap = readonly number[];

/** A text as it is meant, and where each unit of it is written. */
export interface DecodedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** A text that is written as it is. */
export function plainText(written: string): DecodedText {
  return { text: written, map: written === '' ? [] : [written.length, 0, written.length] };
}

/** The decoded text without the white space around it. */
export function trimDecoded(decoded: DecodedText): DecodedText {
  const { text, map } = decoded;
  const from = text.length - text.trimStart().length;
  const to = Math.max(from, text.trimEnd().length);
  if (from === 0 && to === text.length) return decoded;
  return { text: text.slice(from, to), map: sliceMap(map, from, to) };
}

/** The same map, its document offsets counted from `base` further up. */
export function moveMap(map: OffsetMap, base: number): OffsetMap {
  return map.map((value, i) => (i % 3 === 1 ? value + base : value));
}

function sliceMap(map: OffsetMap, from: number, to: number): OffsetMap {
  const part: number[] = [];
  let at = 0;
  for (let i = 0; i < map.length; i += 3) {
    const [units, start, length] = map.slice(i, i + 3);
    const first = Math.max(from, at);
    const last = Math.min(to, at + units);
    if (first < last) {
      if (units === length) part.push(last - first, start + first - at, last - first);
      else part.push(last - first, start, length);
    }
    at += units;
  }
  return part;
}

/** Puts a decoded text together from parts of what is written, in their order. */
export class DecodedBuilder {
  private readonly parts: string[] = [];
  private readonly map: number[] = [];

  constructor(private readonly written: string) {}

  /** Part [from, to) as it is written. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    this.parts.push(this.written.slice(from, to));
    const { map } = this;
    const [units, start, length] = map.slice(-3);
    if (map.length > 0 && units === length && start + length === from) {
      map[map.length - 3] += to - from;
      map[map.length - 1] += to - from;
    } else map.push(to - from, from, to - from);
  }

  /** `value` for [from, to) of what is written, which is longer than what it stands for. */
  escape(value: string, from: number, to: number): void {
    if (value === '') return;
    this.parts.push(value);
    this.map.push(value.length, from, to - from);
  }

  build(): DecodedText {
    return { text: this.parts.join(''), map: this.map };
  }
}
