/** Values of a message's placeholders: numbers, names out of files, and messages where a value is words of ours. */
export type MessageParams = Readonly<Record<string, string | number | Message>>;

/** English text with a `{name}` where each value stands: the key under which a language has its own. Plain JSON. */
export interface Message {
  readonly template: string;
  readonly params: MessageParams;
}

/** A message, most often one that stands in another: a reason, what was expected. */
export function message(template: string, params: MessageParams = {}): Message {
  return { template, params };
}

/** The two texts of a pair, as words in a message. */
export const SIDE_WORDS = { source: message('source'), target: message('target') };

/**
 * A message with its values in place, those that are messages themselves too.
 * @param translate a template in the reader's language; English where it is left out
 */
export function formatMessage({ template, params }: Message, translate = (english: string) => english): string {
  return translate(template).replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name] ?? placeholder;
    return typeof value === 'object' ? formatMessage(value, translate) : String(value);
  });
}

/** Which kind a failure is. Code tells failures apart by it, never by their messages. */
export type ErrorCode =
  | 'model-missing'
  | 'model-file'
  | 'model-config'
  | 'model-shape'
  | 'model-family'
  | 'model-nan'
  | 'tokenizer-file'
  | 'tokenizer-mismatch'
  | 'input-file'
  | 'input-kind'
  | 'text-empty'
  | 'text-same'
  | 'text-too-long'
  | 'run-gone'
  | 'untrusted'
  | 'export-too-large'
  | 'export-picture'
  | 'export-write'
  | 'internal';

/** A failure that a person reads: what failed, where, and one thing to do. Its message is in English. */
export class ExplorerError extends Error implements Message {
  /** @param template full sentences; scripts/l10n/extract.mjs reads it, so that it is written out where it is thrown */
  constructor(
    readonly code: ErrorCode,
    readonly template: string,
    readonly params: MessageParams = {},
  ) {
    super(formatMessage({ template, params }));
    this.name = 'ExplorerError';
  }
}

/** What is wrong with a file, found where its name is not known: an ExplorerError takes it up as its reason. */
export class Problem extends Error implements Message {
  constructor(
    readonly template: string,
    readonly params: MessageParams = {},
  ) {
    super(formatMessage({ template, params }));
  }
}

/** Why something failed, as a value of a message: words of ours can be translated, those of others stay as they are. */
export function reasonOf(error: unknown): string | Message {
  if (error instanceof Problem) return { template: error.template, params: error.params };
  return error instanceof Error ? error.message : String(error);
}

/** What nobody foresaw, in a sentence that a person can read; the stack is for the log. */
export function internalError(error: unknown): ExplorerError {
  const reason = reasonOf(error);
  const known = new ExplorerError(
    'internal',
    'Attention Explorer failed: {reason}. Run again; if it happens again, see the log.',
    { reason },
  );
  known.stack = error instanceof Error ? error.stack : undefined;
  return known;
}
