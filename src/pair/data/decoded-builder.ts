import type { DecodedText } from './decoded-text.ts';

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
