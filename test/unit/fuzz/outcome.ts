import { expect } from 'vitest';
import { ExplorerError } from '../../../src/contract/error.ts';

/** How many cases of a test were read, and how many refused. */
export interface Counts {
  read: number;
  refused: number;
}

/** Longest that any case took, in milliseconds, is told but decides nothing. */
export function tell(what: string, { read, refused }: Counts, began: number): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.info(`${what}: ${read + refused} cases in ${seconds} s, ${refused} refused`);
}

/**
 * Runs one case: it works, or is refused with a message that a person can read.
 * @param describe what the case was, for the failure
 */
export async function tried(counts: Counts, work: () => unknown, describe: () => string): Promise<void> {
  try {
    await work();
    counts.read++;
  } catch (error) {
    counts.refused++;
    expect(error, `${describe()}: ${(error as Error).stack}`).toBeInstanceOf(ExplorerError);
    expect((error as Error).message.length, describe()).toBeLessThan(2000);
    expect((error as Error).message).toMatch(/\.$|model\.safetensors'\)"$/);
  }
}
