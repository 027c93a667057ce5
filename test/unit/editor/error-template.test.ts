import { describe, expect, it } from 'vitest';
import { errorTemplate } from '../../../src/editor/error-template.ts';

describe('errorTemplate', () => {
  it('puts names back in place of values, the longest first', () => {
    const params = { side: 'source', tokens: 5122, max: 512, model: 'en-zh' };
    const message = 'The source has 5122 tokens, and en-zh can read 512. Cut it to the first 512.';
    const { template } = errorTemplate({ message, params });
    expect(template).toBe('The {side} has {tokens} tokens, and {model} can read {max}. Cut it to the first {max}.');
  });

  it('names only what the text holds', () => {
    expect(errorTemplate({ message: 'Plain.', params: { which: 'source' } })).toEqual({
      template: 'Plain.',
      params: {},
    });
  });
});
