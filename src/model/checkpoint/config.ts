import { ExplorerError, type Message, message, Problem, reasonOf } from '../../contract/error.ts';
import { parseJson } from '../../contract/untrusted-json.ts';

/** No size in a real config is larger; it keeps a lying one from asking for terabytes. */
const MAX_SIZE = 2 ** 24;

/** config.json, read by key and checked on the way. Errors are ExplorerErrors 'model-config' naming file and key. */
export class Config {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    /** For messages. */
    readonly file: string,
  ) {}

  /** @throws ExplorerError 'model-config' when the bytes are not a JSON object */
  static parse(bytes: Uint8Array, file: string): Config {
    let values: unknown;
    try {
      values = parseJson(bytes);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new ExplorerError('model-config', "{file} can't be read: {reason}. Download or export it again.", {
        file,
        reason: reasonOf(error),
      });
    }
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw new ExplorerError('model-config', '{file} is not a JSON object. Download it again.', { file });
    }
    return new Config(values as Record<string, unknown>, file);
  }

  /** Missing and null are the same, as they are in transformers. */
  has(key: string): boolean {
    return Object.hasOwn(this.values, key) && this.values[key] !== null;
  }

  /** A size ≥ 1. `keys`: the names that families give it. */
  size(keys: string | readonly string[], fallback?: number): number {
    const key = this.#key(keys);
    if (!this.has(key) && fallback !== undefined) return fallback;
    return this.#integer(key, 1);
  }

  /** A token id below the vocabulary, undefined where there is none. */
  token(key: string, vocabulary: number): number | undefined {
    if (!this.has(key)) return undefined;
    // Newer files list several end tokens.
    const value = Array.isArray(this.values[key]) ? this.values[key][0] : this.values[key];
    if (!Number.isSafeInteger(value) || value < 0 || value >= vocabulary) {
      throw this.wrong(key, message('a token id below {vocabulary}', { vocabulary }));
    }
    return value;
  }

  number(key: string, fallback: number): number {
    if (!this.has(key)) return fallback;
    const value = this.values[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.wrong(key, message('a number'));
    return value;
  }

  flag(key: string, fallback: boolean): boolean {
    if (!this.has(key)) return fallback;
    const value = this.values[key];
    if (typeof value !== 'boolean') throw this.wrong(key, message('true or false'));
    return value;
  }

  text<T extends string>(key: string, allowed: readonly T[], fallback?: T): T {
    if (!this.has(key) && fallback !== undefined) return fallback;
    const value = allowed.find((one) => one === this.values[key]);
    if (value === undefined) throw this.wrong(key, message('one of {allowed}', { allowed: allowed.join(', ') }));
    return value;
  }

  /** As it stands, unchecked; undefined where there is none. */
  raw(key: string): unknown {
    return this.has(key) ? this.values[key] : undefined;
  }

  section(key: string): Config {
    const value = this.values[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.wrong(key, message('an object'));
    return new Config(value as Record<string, unknown>, `${this.file} (${key})`);
  }

  /** Head count that divides the width. */
  heads(key: string | readonly string[], width: number): number {
    const heads = this.size(key);
    if (width % heads !== 0) throw this.wrong(this.#key(key), message('a divisor of the width {width}', { width }));
    return heads;
  }

  wrong(key: string, expected: Message): ExplorerError {
    const found = this.has(key) ? JSON.stringify(this.values[key]).slice(0, 60) : message('nothing');
    return new ExplorerError(
      'model-config',
      '{file}: {key} should be {expected}, found {found}. Correct it, or choose another checkpoint.',
      { file: this.file, key, expected, found },
    );
  }

  #key(keys: string | readonly string[]): string {
    if (typeof keys === 'string') return keys;
    return keys.find((key) => this.has(key)) ?? keys[0];
  }

  #integer(key: string, least: number): number {
    const value = this.values[key];
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > MAX_SIZE) {
      throw this.wrong(key, message('a whole number from {least} to {most}', { least, most: MAX_SIZE }));
    }
    return value as number;
  }
}
