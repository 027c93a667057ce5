import { readFileSync } from 'node:fs';

/** Milliseconds that this thread has computed, where the system tells (Linux): others on the machine don't count. */
export function threadTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
