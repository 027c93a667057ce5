/**
 * A failure that a person reads: which kind (`code`), what failed, where, and one thing to do.
 * `params` fill the message's placeholders, so that the editor can show it in the user's language.
 * Matched by `code`, never by message.
 */
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

export class ExplorerError extends Error {
  constructor(
    readonly code: ErrorCode,
    /** Full English sentence(s): what failed, which file or text, what to do. */
    message: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = 'ExplorerError';
  }
}

/** What nobody foresaw, in a sentence that a person can read; the stack is for the log. */
export function internalError(error: unknown): ExplorerError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Attention Explorer failed: ${reason}. Run again; if it happens again, see the log.`;
  const known = new ExplorerError('internal', message, { reason });
  known.stack = error instanceof Error ? error.stack : undefined;
  return known;
}
