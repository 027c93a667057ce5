import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../../webview/complexity/cost-curves.ts';
import { compact, LINES, methodHint, methodName, milliseconds } from '../../../../webview/complexity/cost-names.ts';

describe('numbers of the chart', () => {
  it('are exact below a million and short above', () => {
    expect([27_648, 999_999, 1_300_000, 4_200_000_000, 2e12].map(compact)).toEqual([
      '27,648',
      '999,999',
      '1.3 M',
      '4.2 G',
      '2.0 T',
    ]);
  });

  it('name times by size', () => {
    expect([0.042, 0.5, 3.21, 42, 1500].map(milliseconds)).toEqual(['42 µs', '0.5 ms', '3.2 ms', '42 ms', '1.5 s']);
  });
});

describe('methods', () => {
  it('each have a name, a hint and a line of their own', () => {
    expect(new Set(METHODS.map((method) => methodName(method, 9))).size).toBe(METHODS.length);
    expect(new Set(METHODS.map(methodHint)).size).toBe(METHODS.length);
    expect(new Set(METHODS.map((method) => LINES[method].color + LINES[method].dash)).size).toBe(METHODS.length);
    expect(methodName('cross', 9)).toContain('S = 9');
  });
});
