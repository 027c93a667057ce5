/** One of the allowed values; a hand-written settings file may say anything, and then it is the first. */
export function oneOf<T extends string>(allowed: readonly [T, ...T[]], set: unknown): T {
  return allowed.find((value) => value === set) ?? allowed[0];
}

/** A whole number within its bounds, or the default. */
export function integer(set: unknown, fallback: number, least: number, most: number): number {
  return typeof set === 'number' && Number.isInteger(set) && set >= least && set <= most ? set : fallback;
}

/** On unless it is really switched off. */
export const flag = (set: unknown): boolean => set !== false;

export const text = (set: unknown): string => (typeof set === 'string' ? set : '');
