import { ExplorerError } from '../contract/error.ts';

/** What nobody foresaw, in a sentence that a person can read; the stack is for the log. */
export function internalError(error: unknown): ExplorerError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Attention Explorer failed: ${reason}. Run again; if it happens again, see the log.`;
  const known = new ExplorerError('internal', message, { reason });
  known.stack = error instanceof Error ? error.stack : undefined;
  return known;
}
