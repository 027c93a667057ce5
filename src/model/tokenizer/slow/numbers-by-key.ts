const [QUOTE, BACKSLASH, COMMA, COLON, ZERO, NINE] = [34, 92, 44, 58, 48, 57];
const [OPEN, CLOSE, LETTER_U] = [123, 125, 117];
/** What stands for a character behind a backslash, both as units. */
const ESCAPED: ReadonlyMap<number, number> = new Map(
  [...'"\\/bfnrt'].map((sign, i) => [sign.charCodeAt(0), '"\\/\b\f\n\r\t'.charCodeAt(i)]),
);
/** Units that become a text at once. */
const CHUNK = 8192;

/**
 * A JSON object of whole numbers from 0 to 2³¹ − 1 as a map. An engine takes five times as long to make an object of 65,000 keys
 * and to take it apart again.
 * @returns undefined where the text is something else, or not JSON at all; of equal keys the last counts
 */
export function numbersByKey(text: string): Map<string, number> | undefined {
  /** Keys one behind the other, where each ends, and its number. */
  const units = new Uint16Array(text.length);
  const ends: number[] = [];
  const values: number[] = [];
  let size = 0;
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN) return undefined;
  for (let sign = COMMA; sign === COMMA; ) {
    at = skipSpace(text, at + 1);
    if (text.charCodeAt(at++) !== QUOTE) return undefined;
    for (let unit = text.charCodeAt(at++); unit !== QUOTE; unit = text.charCodeAt(at++)) {
      if (unit === BACKSLASH) {
        const escaped = text.charCodeAt(at++);
        if (escaped === LETTER_U) {
          unit = fourDigits(text, at);
          at += 4;
        } else unit = ESCAPED.get(escaped) ?? -1;
        if (unit < 0) return undefined;
      } else if (!(unit >= 32)) return undefined; // NaN past the end
      units[size++] = unit;
    }
    at = skipSpace(text, at);
    if (text.charCodeAt(at) !== COLON) return undefined;
    at = skipSpace(text, at + 1);
    const first = at;
    let value = 0;
    for (let digit = text.charCodeAt(at); digit >= ZERO && digit <= NINE; digit = text.charCodeAt(++at)) {
      value = value * 10 + digit - ZERO;
    }
    const zeros = at - first > 1 && text.charCodeAt(first) === ZERO;
    if (at === first || zeros || value > 0x7fffffff) return undefined;
    ends.push(size);
    values.push(value);
    at = skipSpace(text, at);
    sign = text.charCodeAt(at);
    if (sign !== COMMA && sign !== CLOSE) return undefined;
  }
  if (skipSpace(text, at + 1) < text.length) return undefined;
  const keys = textOf(units.subarray(0, size));
  const numbers = new Map<string, number>();
  for (let i = 0, from = 0; i < ends.length; from = ends[i++]) numbers.set(keys.slice(from, ends[i]), values[i]);
  return numbers;
}

/** Where something else begins than the four signs that JSON takes for space. */
function skipSpace(text: string, from: number): number {
  for (let at = from; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return at;
  }
}

/** @returns −1 where they are not hexadecimal */
function fourDigits(text: string, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const unit = text.charCodeAt(i);
    const letter = unit | 32;
    if (unit >= ZERO && unit <= NINE) value = value * 16 + unit - ZERO;
    else if (letter >= 97 && letter <= 102) value = value * 16 + letter - 87;
    else return -1;
  }
  return value;
}

function textOf(units: Uint16Array): string {
  const parts: string[] = [];
  for (let at = 0; at < units.length; at += CHUNK) {
    parts.push(String.fromCharCode.apply(undefined, units.subarray(at, at + CHUNK) as unknown as number[]));
  }
  return parts.join('');
}
