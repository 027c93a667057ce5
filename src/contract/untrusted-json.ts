import { message, Problem } from './error.ts';

/** Deepest nesting, most lists and objects, and most values that any file of a checkpoint comes near. */
const DEEPEST = 64;
const MOST_CONTAINERS = 2 ** 21;
const MOST_VALUES = 2 ** 24;

/** The Problem of a file that is no JSON at all. */
export const NOT_JSON = message('it is not JSON');

/**
 * JSON of an untrusted file. What it would become is bounded before it is built: a file of 60 MB can ask for gigabytes
 * of empty lists.
 * @throws Problem
 */
export function parseJson(bytes: Uint8Array): unknown {
  // Looking for single bytes is what an engine does fastest, and few of them bound everything.
  if (bytes.length > MOST_VALUES || !hasFewLists(bytes)) checkSize(bytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem(NOT_JSON.template);
  }
}

/** Whether there are no more brackets than lists may be deep, whatever stands within texts. */
function hasFewLists(bytes: Uint8Array): boolean {
  let count = 0;
  for (const bracket of [OPEN_LIST, OPEN_OBJECT]) {
    for (let at = bytes.indexOf(bracket); at >= 0; at = bytes.indexOf(bracket, at + 1)) {
      if (++count > DEEPEST) return false;
    }
  }
  return true;
}

/** @throws Problem */
function checkSize(bytes: Uint8Array): void {
  let depth = 0;
  let containers = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values++;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      containers++;
      if (++depth > DEEPEST) throw new Problem('it is nested deeper than {most}', { most: DEEPEST });
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  if (containers > MOST_CONTAINERS) {
    throw new Problem('it has more than {most} lists and objects', { most: MOST_CONTAINERS });
  }
  if (values > MOST_VALUES) throw new Problem('it has more than {most} values', { most: MOST_VALUES });
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A value read from an untrusted JSON file, before anything is known about it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
