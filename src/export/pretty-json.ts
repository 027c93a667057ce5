/** A longer list or object is written over several lines. */
const LINE = 110;

/** JSON that a person can read: as JSON.stringify indents it, but what fits on a line stands on one, rows of numbers always. */
export function prettyJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object') return flat;
  const isRow = Array.isArray(value) && value.every((item) => item === null || typeof item === 'number');
  if (isRow || indent.length + flat.length <= LINE) return isRow ? flat : spaced(value);
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((item) => prettyJson(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.map((line) => deeper + line).join(',\n')}\n${indent}${close}`;
}

/** On one line, with a space after commas and colons. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`).join(', ')} }`;
}
