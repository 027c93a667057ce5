import { describe, expect, test } from 'vitest';
import type { AttentionRecord } from '../../../src/attention/attention-record.ts';
import { checkAttentionSize } from '../../../src/cli/record-tensors.ts';

const layer = (targets: number, sources: number) =>
  ({ heads: 8, q: { rows: targets }, k: { rows: sources } }) as unknown as AttentionRecord;

describe('checkAttentionSize', () => {
  test('lets through what a file or a line can hold', () => {
    expect(() => checkAttentionSize([layer(1000, 1000)], 'text')).not.toThrow();
    expect(() => checkAttentionSize([layer(1000, 1000), layer(2000, 2000)], 'file')).not.toThrow();
  });

  test('says how many weights there are, and what to do, before any is made', () => {
    expect(() => checkAttentionSize([layer(1000, 1000), layer(2000, 2000)], 'text')).toThrow(
      /40 million weights.*--output/,
    );
    expect(() => checkAttentionSize([layer(16_384, 16_384)], 'file')).toThrow(/2148 million weights.*shorter text/);
  });
});
