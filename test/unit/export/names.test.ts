import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileName } from '../../../src/export/file-name.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { xmlText } from '../../../webview/export/svg.ts';
import { hostileRun, viewOf } from './hostile-run.ts';

let kept: RunResult;

beforeAll(async () => {
  kept = await hostileRun();
});

describe('the name of an exported file', () => {
  const named = (target: Parameters<typeof fileName>[0], source: string, state = {}) =>
    fileName(target, { ...kept.summary, source }, viewOf(kept, state));

  it('begins with the source, and says what is seen', () => {
    expect(named('svg', 'I like eating ice cream.')).toBe('attention-I-like-eating-ice-cream-cross-L2-H2-weight.svg');
    expect(named('csv', '我喜欢吃冰淇淋。', { layer: 'mean', head: 'mean', phase: 'combine' })).toBe(
      'attention-我喜欢吃冰淇淋-cross-Lmean-Hmean-contribution.csv',
    );
    expect(named('json', 'One two')).toBe('attention-One-two-cross-L2-H2-weight.attention.json');
    expect(named('pharaoh', 'One two')).toBe('attention-One-two-cross-L2-H2.pharaoh.txt');
  });

  it('of the whole run names no head', () => {
    for (const target of ['html', 'npz', 'safetensors'] as const)
      expect(named(target, 'One')).toBe(`attention-One.${target}`);
  });

  it('is a short name in every file system, whatever the source', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (source) => {
        const name = named('png', source);
        expect(name).toMatch(/^attention(-[\p{L}\p{M}\p{N}]+)*\.png$/u);
        expect(new TextEncoder().encode(name).length).toBeLessThan(200);
      }),
      { seed: 5 },
    );
    expect(named('png', '../..\\:*?"<>|')).toBe('attention-cross-L2-H2-weight.png');
  });
});

it('any text is text of XML 1.0: escaped, and without what XML has no place for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      const written = xmlText(text);
      expect(written).toMatch(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
      expect(written).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }),
    { seed: 9 },
  );
  expect(xmlText('a\u0000b\uD800<😀>')).toBe('a\uFFFDb\uFFFD&lt;😀&gt;');
});
