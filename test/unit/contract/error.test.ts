import { describe, expect, it } from 'vitest';
import { formatMessage, message, Problem, reasonOf } from '../../../src/contract/error.ts';

const bundle: Record<string, string> = {
  'The {side} has {tokens} tokens, and {model} can read {max}. Select less, or cut it to the first {max}.':
    '{side}有 {tokens} 个词元，而 {model} 最多能读 {max} 个。请少选一些，或截取前 {max} 个词元。',
  '{file} is damaged: {reason}. Download or export it again.': '{file} 已损坏：{reason}。请重新下载或导出。',
  'the header claims {claimed} bytes, {found} are there': '文件头声称有 {claimed} 字节，实际只有 {found} 字节',
  'its header is not JSON': '文件头不是 JSON',
  'Nothing is selected.': '未选择任何内容。',
  '{0} of {1}': '第 {0}，共 {1}',
  source: '源文本',
  weights: '权重',
};

const inChinese = (english: string) => bundle[english] ?? english;

const TOO_LONG =
  'The {side} has {tokens} tokens, and {model} can read {max}. Select less, or cut it to the first {max}.';
const DAMAGED = '{file} is damaged: {reason}. Download or export it again.';

describe('a message with its values', () => {
  it('keeps the values in their places, however the sentence is turned', () => {
    const long = message(TOO_LONG, { side: message('source'), tokens: 513, max: 512, model: 'en-zh' });
    expect(formatMessage(long)).toBe(
      'The source has 513 tokens, and en-zh can read 512. Select less, or cut it to the first 512.',
    );
    expect(formatMessage(long, inChinese)).toBe(
      '源文本有 513 个词元，而 en-zh 最多能读 512 个。请少选一些，或截取前 512 个词元。',
    );
  });

  it('is not misled by values that look like other values, or like the sentence', () => {
    const model = 'tokens, and a model {max}';
    const long = message(TOO_LONG, { side: message('source'), tokens: 5, max: 5, model });
    expect(formatMessage(long)).toBe(
      'The source has 5 tokens, and tokens, and a model {max} can read 5. Select less, or cut it to the first 5.',
    );
    expect(formatMessage(long, inChinese)).toBe(
      '源文本有 5 个词元，而 tokens, and a model {max} 最多能读 5 个。请少选一些，或截取前 5 个词元。',
    );
  });

  it('translates the reason inside the sentence, with the values of its own', () => {
    const reason = message('the header claims {claimed} bytes, {found} are there', { claimed: 900, found: 12 });
    const damaged = message(DAMAGED, { file: '/models/(a+b)/model.safetensors', reason });
    expect(formatMessage(damaged, inChinese)).toBe(
      '/models/(a+b)/model.safetensors 已损坏：文件头声称有 900 字节，实际只有 12 字节。请重新下载或导出。',
    );
  });

  it('leaves the name of a file alone, though it is a word of the bundle', () => {
    const damaged = message(DAMAGED, { file: 'weights', reason: message('its header is not JSON') });
    expect(formatMessage(damaged, inChinese)).toBe('weights 已损坏：文件头不是 JSON。请重新下载或导出。');
  });

  it('gives the English where there is no translation', () => {
    expect(formatMessage(message('Nothing of ours, 3 of 4'), inChinese)).toBe('Nothing of ours, 3 of 4');
    expect(formatMessage(message('3 of 4'), inChinese)).toBe('3 of 4');
    expect(formatMessage(message('Nothing is selected.'))).toBe('Nothing is selected.');
  });
});

it('a reason of ours stays a message, and what others say stays as it is', () => {
  const problem = new Problem('the header claims {claimed} bytes, {found} are there', { claimed: 9, found: 1 });
  expect(problem.message).toBe('the header claims 9 bytes, 1 are there');
  expect(structuredClone(reasonOf(problem))).toEqual({
    template: 'the header claims {claimed} bytes, {found} are there',
    params: { claimed: 9, found: 1 },
  });
  expect(reasonOf(new TypeError('boom'))).toBe('boom');
  expect(reasonOf('odd')).toBe('odd');
});
