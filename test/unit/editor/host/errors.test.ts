import { describe, expect, it } from 'vitest';
import { translateMessage } from '../../../../src/editor/translate-message.ts';

const bundle = {
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

describe('an error in another language', () => {
  it('keeps the values in their places, however the sentence is turned', () => {
    const params = { side: 'source', tokens: 513, max: 512, model: 'en-zh' };
    const message = 'The source has 513 tokens, and en-zh can read 512. Select less, or cut it to the first 512.';
    expect(translateMessage(message, params, bundle)).toBe(
      '源文本有 513 个词元，而 en-zh 最多能读 512 个。请少选一些，或截取前 512 个词元。',
    );
  });

  it('is not misled by values that look like other values, or like the sentence', () => {
    const params = { side: 'source', tokens: 5, max: 5, model: 'tokens, and a model {max}' };
    const message =
      'The source has 5 tokens, and tokens, and a model {max} can read 5. Select less, or cut it to the first 5.';
    expect(translateMessage(message, params, bundle)).toBe(
      '源文本有 5 个词元，而 tokens, and a model {max} 最多能读 5 个。请少选一些，或截取前 5 个词元。',
    );
  });

  it('translates the reason inside the sentence, with values that nobody named', () => {
    const reason = 'the header claims 900 bytes, 12 are there';
    const file = '/models/(a+b)/model.safetensors';
    expect(
      translateMessage(`${file} is damaged: ${reason}. Download or export it again.`, { file, reason }, bundle),
    ).toBe(`${file} 已损坏：文件头声称有 900 字节，实际只有 12 字节。请重新下载或导出。`);
  });

  it('leaves the name of a file alone, though it is a word of the bundle', () => {
    const message = 'weights is damaged: its header is not JSON. Download or export it again.';
    expect(translateMessage(message, { file: 'weights', reason: 'its header is not JSON' }, bundle)).toBe(
      'weights 已损坏：文件头不是 JSON。请重新下载或导出。',
    );
  });

  it('gives the English where there is no translation', () => {
    expect(translateMessage('Nothing of ours, 3 of 4', {}, bundle)).toBe('Nothing of ours, 3 of 4');
    expect(translateMessage('3 of 4', {}, bundle)).toBe('3 of 4');
    expect(translateMessage('Nothing is selected.', {}, {})).toBe('Nothing is selected.');
  });

  it('comes back at once from a long message that nearly fits', () => {
    const message = `${'a, a are there '.repeat(200)} is damaged`;
    expect(translateMessage(message, {}, bundle)).toBe(message);
  });
});
