import { expect, test } from 'vitest';
import type { RunSummary } from '../../../../src/contract/run.ts';
import { issueData } from '../../../../src/editor/explorations/issue-report.ts';

const HOST = { extension: '1.0.0', vscode: '1.112.0', host: 'desktop', language: 'en', theme: 'Dark', trusted: true };

test('a report says sizes, settings and error codes, and nothing that the person wrote or named', () => {
  const token = { id: 1, text: 'secret', start: 0, end: 6, special: false, word: 0 };
  const run = {
    runId: 'r',
    source: 'secret source',
    target: 'secret target',
    generated: true,
    direction: undefined,
    sourceTokens: [token, token],
    targetTokens: [token],
    decoderInput: [token],
    logProbability: -1,
    milliseconds: { tokenize: 1, encode: 2.4, decode: 3 },
    model: {
      folder: '/home/secret',
      name: 'secret model',
      family: 'marian',
      encoderLayers: 3,
      decoderLayers: 3,
      encoderHeads: 6,
      decoderHeads: 6,
      width: 192,
      vocabulary: 8000,
      dtype: 'F16',
      bytes: 9.3e6,
    },
  } as unknown as RunSummary;
  const data = issueData(HOST, { modelFolder: '/home/secret', beams: 2 }, run, ['text-too-long']);
  expect(data).not.toContain('secret');
  expect(data).toContain('2 × 1 tokens');
  expect(data).toContain('marian 3+3 layers');
  expect(data).toContain('modelFolder: set, beams: 2');
  expect(data).toContain('text-too-long');
});
