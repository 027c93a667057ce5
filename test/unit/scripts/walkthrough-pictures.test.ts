import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { walkthroughPictures } from '../../../scripts/walkthrough/pictures.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'media/walkthrough');
const names = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const NUMBER = /-?\d+(?:\.\d+)?/g;
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

let drawn: ReadonlyMap<string, string>;

beforeAll(async () => {
  drawn = await walkthroughPictures(root);
});

describe('the pictures of Get Started', () => {
  test('are one a step', () => {
    expect(names.sort()).toEqual([...drawn.keys()].map((name) => `${name}.svg`).sort());
  });

  test.each(names)('%s shows what the bundled model computes (npm run walkthrough draws it anew)', (name) => {
    const [kept, anew] = [read(name), drawn.get(name.replace('.svg', ''))!].map((svg) => ({
      shape: svg.replaceAll(NUMBER, '#'),
      numbers: [...svg.matchAll(NUMBER)].map(([number]) => Number(number)),
    }));
    // As a truth value: a difference would be pages long.
    expect(kept.shape === anew.shape).toBe(true);
    // Kernels differ in the last bit, and so may what is rounded to two places.
    expect(kept.numbers.filter((number, i) => !(Math.abs(number - anew.numbers[i]) <= 0.021))).toEqual([]);
  });

  test.each(names)('%s takes every colour from the theme, and nothing from the network', (name) => {
    const svg = read(name);
    const colors = [...svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color);
    expect(colors.length).toBeGreaterThan(5);
    expect(colors.filter((color) => color !== 'none' && !color.startsWith('var(--vscode-'))).toEqual([]);
    const reaching = svg
      .replace('http://www.w3.org/2000/svg', '')
      .match(/https?:|url\(|<script|<image|href|@import| style=/g);
    expect(reaching).toBeNull();
  });

  test.each(names)('%s has no words of a language but the pair’s own', (name) => {
    const pair = 'cmn I like eating ice cream s 我 喜欢 吃 冰淇淋 冰 淇 淋';
    const symbols = 'x q k v c Σ W Q K V softmax zh en n d T S';
    const known = new Set(`${pair} ${symbols}`.split(' '));
    const predicted = name === 'combine.svg' ? /\p{Script=Han}+/gu : /(?!)/g;
    const words = [...read(name).matchAll(/<text[^>]*>([^<]*)</g)].flatMap(
      ([, text]) =>
        text
          .replace(/&\w+;/g, ' ')
          .replaceAll(predicted, ' ')
          .replaceAll('dₖ', 'd')
          .match(/\p{L}+/gu) ?? [],
    );
    expect(words.filter((word) => !known.has(word))).toEqual([]);
  });
});
