import type { GoldPair } from './alignment-error-rate.ts';

/** Pairs aligned by hand for this project, in the way of shared/data: words and single characters. `1?2` is possible. */
const PAIRS = [
  ['I like eating ice cream .', '我 喜 欢 吃 冰 淇 淋 。', '0-0 1-1 1-2 2-3 3-4 4-5 4-6 5-7 3?5'],
  ['She has two red apples .', '她 有 两 个 红 苹 果 。', '0-0 1-1 2-2 3-4 4-5 4-6 5-7 2?3'],
  ['My brother drinks tea every morning .', '我 哥 哥 每 天 早 上 喝 茶 。', '0-0 1-1 1-2 2-7 3-8 4-3 5-5 5-6 6-9 4?4'],
  ['Where is the station ?', '车 站 在 哪 里 ？', '0-3 0-4 1-2 3-0 3-1 4-5 2?0'],
  ['We do not know his name .', '我 们 不 知 道 他 的 名 字 。', '0-0 0-1 2-2 3-3 3-4 4-5 5-7 5-8 6-9 1?2 4?6'],
] as const;

export const ALIGNED_PAIRS: readonly GoldPair[] = PAIRS.map(([english, chinese, links]) => {
  const [sourceTokens, targetTokens] = [english.split(' '), chinese.split(' ')];
  const of = (mark: string) =>
    links.split(' ').flatMap((link) => {
      const [i, j] = link.split(mark).map(Number);
      return j === undefined ? [] : [[i, j] as const];
    });
  return {
    source: english.replace(/ (?=[.?])/, ''),
    target: targetTokens.join(''),
    sourceTokens,
    targetTokens,
    sure: of('-'),
    possible: of('?'),
  };
});
