import { describe, expect, test } from 'vitest';
import { scriptOf, targetDirection } from '../../../src/pair/text-language.ts';

describe('scriptOf', () => {
  test.each([
    ['I like eating ice cream.', 'en'],
    ['我喜欢吃冰淇淋。', 'zh'],
    ['Tom喜欢Python。', 'zh'],
    ['我用 VS Code 写代码', 'zh'],
    ['He said 你好 to everyone in the room.', 'en'],
    ['アイスクリームが好きです。', 'ja'],
    ['私は日本語を勉強します', 'ja'],
    ['나는 아이스크림을 좋아해요.', 'ko'],
    ['Я люблю мороженое.', 'ru'],
    ['أحب الآيس كريم', 'ar'],
    ['אני אוהב גלידה', 'he'],
    ['मुझे आइसक्रीम पसंद है', 'hi'],
    ['Μου αρέσει το παγωτό', 'el'],
    ['ฉันชอบไอศกรีม', 'th'],
    ["J'aime la crème glacée", 'en'],
    ['𠮷', 'zh'],
  ])('%s → %s', (text, language) => {
    expect(scriptOf(text)).toBe(language);
  });

  test.each(['', '  ', '123 + 4', '👩‍👩‍👧!', '\ud800'])('%j tells nothing', (text) => {
    expect(scriptOf(text)).toBeUndefined();
  });
});

describe('targetDirection', () => {
  const both = {
    directions: [
      { token: '>>cmn<<', language: 'zh' },
      { token: '>>eng<<', language: 'en' },
    ],
  };
  const many = {
    directions: [
      { token: '>>fra<<', language: 'fr' },
      { token: '>>deu<<', language: 'de' },
      { token: '>>rus<<', language: 'ru' },
    ],
  };

  test.each([
    ['I like it.', undefined, '>>cmn<<'],
    ['我喜欢。', undefined, '>>eng<<'],
    ['I like it.', '我喜欢。', '>>cmn<<'],
    ['我喜欢。', 'I like it.', '>>eng<<'],
    ['123', 'Tom 喜欢', '>>cmn<<'],
    ['123', undefined, '>>eng<<'],
    ['我喜欢。', '123', '>>eng<<'],
    ['I like it.', '👍', '>>cmn<<'],
    ['Я люблю', undefined, '>>eng<<'],
  ])('%j → %j: %s', (source, target, token) => {
    expect(targetDirection(both, source, target)).toBe(token);
  });

  test('a model with other languages gets the one whose script fits', () => {
    expect(targetDirection(many, 'I like it.', 'Я люблю')).toBe('>>rus<<');
    expect(targetDirection(many, 'I like it.', "J'aime ça")).toBe('>>fra<<');
    expect(targetDirection(many, 'I like it.')).toBe('>>rus<<');
    expect(targetDirection({ directions: [{ token: '>>cmn_Hant<<', language: 'cmn-Hant' }] }, 'a', '我')).toBe(
      '>>cmn_Hant<<',
    );
  });

  test('a model without directions needs none', () => {
    expect(targetDirection({ directions: [] }, 'I like it.')).toBeUndefined();
  });
});
