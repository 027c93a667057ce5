/** What a key that is none begins with: see below. */
const MOVED = ' ,';

/**
 * A JSON object of plain numbers as a map.
 *
 * An engine takes twice as long to make an object of 65,000 keys and to take it apart again as to make a list of them. So the
 * colons behind keys become commas, the text is read as a list, and it is checked that it was such an object: as many colons as
 * keys, every other value a text, none of which begins as one does that was taken for the end of a key.
 * @param text JSON whose size and depth are known to be sensible
 * @returns undefined where the text is something else, is written in a way of its own, or is not JSON at all
 */
export function numbersByKey(text: string): Map<string, number> | undefined {
  // Escaped backslashes and quotes in another way of writing them: then every quote begins or ends a text.
  const plain = text.replaceAll('\\\\', '\\u005c').replaceAll('\\"', '\\u0022').trim();
  if (!plain.startsWith('{') || !plain.endsWith('}')) return undefined;
  const inside = plain.slice(1, -1);
  const separated = inside.replace(/"([^"]*)":/g, `"$1"${MOVED}`);
  const keys = separated.length - inside.length;
  let list: unknown[];
  try {
    list = JSON.parse(`[${separated}]`);
  } catch {
    return undefined;
  }
  if (list.length !== 2 * keys) return undefined;
  const numbers = new Map<string, number>();
  for (let i = 0; i < list.length; i += 2) {
    const [key, value] = [list[i], list[i + 1]];
    if (typeof key !== 'string' || key.startsWith(MOVED) || typeof value !== 'number') return undefined;
    numbers.set(key, value);
  }
  return numbers;
}
