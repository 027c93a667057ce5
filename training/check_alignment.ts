// The alignment error rate of the alignment that the product draws, to compare with the card's figure.
//   npx esbuild training/check_alignment.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/tmp/check_alignment.mjs
//   node dist/tmp/check_alignment.mjs models/en-zh ../shared/data/en-zh/alignments.dev.jsonl
import { loadModel } from '../src/model/loading/load-model.ts';
import { nodeFiles } from '../src/model/checkpoint/node-files.ts';
import { readFileSync } from 'node:fs';
import { type GoldPair, tokenLinks, alignmentErrorRate } from '../test/unit/run/alignment-error-rate.ts';
import { run } from '../src/run/run-pair.ts';
import { modelLinks } from '../src/run/model-alignment.ts';

const [folder, file] = process.argv.slice(2);
const checkpoint = async () => undefined;
const model = await loadModel(nodeFiles(folder));
const rows = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const turned = (links: [number, number][]) => links.map(([i, j]) => [j, i] as const);
const ways: Record<string, GoldPair[]> = {
  'en-zh': rows.map((row) => ({
    source: row.en,
    target: row.zh,
    sourceTokens: row.en_tokens,
    targetTokens: row.zh_tokens,
    sure: row.sure,
    possible: row.possible,
  })),
  'zh-en': rows.map((row) => ({
    source: row.zh,
    target: row.en,
    sourceTokens: row.zh_tokens,
    targetTokens: row.en_tokens,
    sure: turned(row.sure),
    possible: turned(row.possible),
  })),
};

const named = model.info.wordAlignment!;
for (const wordAlignment of [named, { ...named, geometricMeanAbove: undefined }]) {
  for (const [way, gold] of Object.entries(ways)) {
    const found: Set<string>[] = [];
    for (const pair of gold) {
      const kept = await run(model, { folder, source: pair.source, target: pair.target }, () => undefined, checkpoint);
      const summary = { ...kept.summary, model: { ...kept.summary.model, wordAlignment } };
      found.push(tokenLinks(summary, (await modelLinks({ ...kept, summary }, checkpoint))!, pair));
    }
    console.log(way, JSON.stringify(wordAlignment), alignmentErrorRate(found, gold).toFixed(4));
  }
}
