import { abortError, isAbort } from '../base/scheduling.ts';
import { ExplorerError } from '../contract/error.ts';
import type { WireError } from '../messages/worker-messages.ts';
import { internalError } from './internal-error.ts';

/** @returns an error as plain data that survives structured cloning; unknown errors become 'internal' */
export function toWire(error: unknown): WireError {
  if (isAbort(error)) return { kind: 'abort' };
  const { code, message, params, stack } = error instanceof ExplorerError ? error : internalError(error);
  return { kind: 'explorer', code, message, params, stack };
}

/** @returns the error again: an ExplorerError with its code and params, or an AbortError */
export function fromWire(wire: WireError): Error {
  if (wire.kind === 'abort') return abortError();
  const error = new ExplorerError(wire.code, wire.message, wire.params);
  if (wire.stack) error.stack = wire.stack;
  return error;
}
