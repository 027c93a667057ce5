import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { modelDetails, modelPartOf, readCard } from '../../../../src/model/loading/model-details.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const fixtures = path.join(root, 'test/fixtures/hf');

describe('the parts of a checkpoint', () => {
  test.each(readdirSync(fixtures).filter((name) => !name.includes('.')))(
    '%s: every tensor has its part',
    async (name) => {
      const { parts, dtypes } = await modelDetails(nodeFiles(path.join(fixtures, name)));
      expect(parts.find(({ part }) => part === 'other')?.parameters ?? 0).toBeLessThan(100);
      expect(parts.length).toBeGreaterThan(2);
      const sum = (list: readonly { readonly bytes: number }[]) => list.reduce((all, { bytes }) => all + bytes, 0);
      expect(sum(dtypes)).toBe(sum(parts));
    },
  );

  test('of the bundled model add up to its parameters, and its card is read', async () => {
    const files = nodeFiles(path.join(root, 'models/en-zh'));
    const details = await modelDetails(files);
    const { info } = await loadModel(files, async () => undefined);
    expect(details.parts.reduce((all, { parameters }) => all + parameters, 0)).toBe(info.parameters);
    expect(details.dtypes[0]!.dtype).toBe('F16');
    expect(details.card).toEqual({
      title: 'English–Chinese, both directions, 4.7 M parameters',
      titles: { 'zh-cn': '英中双向翻译模型，4.7 M 参数' },
      license: 'cc-by-4.0',
      languages: ['en', 'zh'],
    });
    expect(details.tokenizerFiles).toEqual(['tokenizer.json']);
  });

  test('attention is told from feed-forward, cross from self', () => {
    expect(modelPartOf('encoder.layer.0.attention.output.dense.weight')).toBe('encoder');
    expect(modelPartOf('encoder.layer.0.output.dense.weight')).toBe('feedForward');
    expect(modelPartOf('model.decoder.layers.3.encoder_attn.k_proj.weight')).toBe('cross');
    expect(modelPartOf('model.decoder.layers.3.self_attn.k_proj.weight')).toBe('decoder');
    expect(modelPartOf('shared.weight')).toBe('embedding');
  });
});

describe('cards', () => {
  const card = (text: string) => readCard(new TextEncoder().encode(text));

  test.each([
    [
      '---\nlanguage: [en, "fr"]\nlicense: mit\n---\n# A model',
      { title: 'A model', license: 'mit', languages: ['en', 'fr'] },
    ],
    [
      '---\nlicense: apache-2.0\nlanguage:\n  - de\n- multilingual\n---',
      { license: 'apache-2.0', languages: ['de', 'multilingual'] },
    ],
    ['# Only a title\nlicense: not here', { title: 'Only a title', languages: [] }],
    ['---\nlicense: cut off', { languages: [] }],
    ['', { languages: [] }],
  ])('%j', (text, expected) => {
    expect(card(text)).toEqual(expected);
  });

  test('of a megabyte, or of no text at all, are read as far as they can be', () => {
    expect(card(`# ${'x'.repeat(1e6)}`).title?.length).toBe(200);
    expect(readCard(Uint8Array.from({ length: 5000 }, (_, i) => i % 256)).languages).toEqual([]);
  });
});
