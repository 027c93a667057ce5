import { describe, expect, it } from 'vitest';
import { compare } from '../../../scripts/l10n/compare.mjs';
import { extract, SILENT } from '../../../scripts/l10n/extract.mjs';
import { parseFolders } from '../../../scripts/l10n/syntax.mjs';
import { type ExplorerError, formatMessage, type Message, message } from '../../../src/contract/error.ts';
import { fromWire, toWire } from '../../../src/messages/worker-messages.ts';
import { Config } from '../../../src/model/checkpoint/config.ts';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { readModelProto } from '../../../src/model/tokenizer/sentencepiece/sentencepiece-file.ts';
import { boundOf, tokenizeTarget } from '../../../src/run/run-tokens.ts';

const { bundle } = compare('zh-cn');
const sources = parseFolders(['src'], SILENT);
const keysOf = (textAt: Record<string, number>) => [...extract(sources, textAt).texts.keys()] as string[];
const sentences = keysOf({ ExplorerError: 1 });
const parts = keysOf({ message: 0, Problem: 0 }).filter((text) => /\s/.test(text));

const inChinese = (error: Message) => formatMessage(error, (english) => bundle[english] ?? english);

/** Values as they come: names of files with dots and brackets, numbers, what was found. */
function fill(text: string) {
  const names = [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string))];
  return Object.fromEntries(names.map((name, i) => [name, `/tmp/${name}(${i}).x`]));
}

describe('an error in Chinese', () => {
  it('there are many', () => {
    expect(sentences.length).toBeGreaterThan(30);
    expect(parts.length).toBeGreaterThan(20);
  });

  it.each([...sentences, ...parts])('%s', (template) => {
    expect(bundle).toHaveProperty([template]);
    const values = fill(template);
    const expected = bundle[template].replace(/\{(\w+)\}/g, (_: string, name: string) => values[name] as string);
    expect(inChinese(message(template, values))).toBe(expected);
  });
});

function thrownBy(work: () => unknown): ExplorerError {
  try {
    work();
  } catch (error) {
    return error as ExplorerError;
  }
  throw new Error('Nothing was thrown.');
}

describe('an error that was thrown', () => {
  const fromWorker = (error: ExplorerError) => fromWire(structuredClone(toWire(error))) as ExplorerError;

  it('comes out in Chinese with its values, and the reason too', () => {
    const damaged = thrownBy(() => readSafetensors(new Uint8Array(7), '/m/model.safetensors'));
    expect(damaged.message).toBe(
      '/m/model.safetensors is damaged: 7 bytes are too few for a header. Download or export it again.',
    );
    expect(inChinese(damaged)).toBe('/m/model.safetensors 已损坏：7 字节不足以容纳文件头。请重新下载或导出。');
    const wrong = thrownBy(() => new Config({ d_model: 0 }, '/m/config.json').size('d_model'));
    expect(inChinese(wrong)).toBe(
      '/m/config.json：d_model 应为 1 到 16777216 之间的整数，实际为 0。请改正，或另选检查点。',
    );
  });

  it('says what a reader deep inside has found', () => {
    const broken = thrownBy(() => readModelProto(new Uint8Array(), '/m/source.spm'));
    expect(broken.message).toContain('it has no pieces');
    expect(inChinese(broken)).toContain('/m/source.spm 无法使用：其中没有子词。');
  });

  it('names the side in Chinese, from the worker too', () => {
    const tokenizer = { encode: () => [{}, {}, {}], label: () => ({ text: '' }) };
    const bound = boundOf({ maxPositions: 2, name: 'en-zh' } as never);
    const long = thrownBy(() => tokenizeTarget(tokenizer as never, 'a b', bound, -1, {}));
    expect(inChinese(long)).toBe('目标文本有 3 个词元，而 en-zh 最多能读 2 个。请少选一些，或截取前 2 个词元。');
    expect(fromWorker(long)).toMatchObject({ code: 'text-too-long', message: long.message, params: long.params });
    expect(inChinese(fromWorker(long))).toBe(inChinese(long));
  });
});
