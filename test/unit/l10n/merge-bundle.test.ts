import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeBundle } from '../../../scripts/l10n/merge-bundle.mjs';

function folder(parts: Readonly<Record<string, string>>): string {
  const at = mkdtempSync(path.join(tmpdir(), 'l10n-'));
  for (const [name, text] of Object.entries(parts)) writeFileSync(path.join(at, name), text);
  return at;
}

describe('the parts of a language', () => {
  it('come together, sorted; the same text twice is the same', () => {
    const at = folder({
      'b.json': '{"Head": "头", "Query": "查询"}',
      'a.json': '{"Query": "查询", "Key": "键"}',
      'x.md': '?',
    });
    expect(Object.entries(mergeBundle('zh-cn', at))).toEqual([
      ['Head', '头'],
      ['Key', '键'],
      ['Query', '查询'],
    ]);
  });

  it('may not contradict each other', () => {
    const at = folder({ 'a.json': '{"Head": "头"}', 'b.json': '{"Head": "标题"}' });
    expect(() => mergeBundle('zh-cn', at)).toThrow('“Head” is “头” in a.json and “标题” in b.json');
  });

  it('give way to none but their own area: the rest fills what is left', () => {
    const at = folder({ 'rest.json': '{"Head": "头部", "Key": "键"}', 'z.json': '{"Head": "头"}' });
    expect(mergeBundle('zh-cn', at)).toEqual({ Head: '头', Key: '键' });
  });

  it('are objects of texts', () => {
    expect(() => mergeBundle('zh-cn', folder({ 'a.json': '{"Head": ' }))).toThrow('l10n/zh-cn/a.json is not JSON');
    expect(() => mergeBundle('zh-cn', folder({ 'a.json': '[]' }))).toThrow('no object');
    expect(() => mergeBundle('zh-cn', folder({ 'a.json': '{"Head": ""}' }))).toThrow('“Head” has no text');
  });
});
