/** A whole number with the separators of the window's language. */
export function count(value: number): string {
  return value.toLocaleString(document.documentElement.lang || 'en');
}

const UNITS = ['B', 'kB', 'MB', 'GB'];

/** Bytes in the unit that reads best, powers of 1000. */
export function bytes(value: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  return `${scaled.toFixed(power === 0 || scaled >= 100 ? 0 : 1)} ${UNITS[power]}`;
}
