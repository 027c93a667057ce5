import type { ModelCard, ModelDetails, ModelPartName } from '../../contract/model-info.ts';
import type { ModelFiles } from '../checkpoint/checkpoint-files.ts';
import { loadWeights } from '../checkpoint/stored-weights.ts';
import { partOf } from '../part-of.ts';
import { readCard } from '../read-card.ts';

const TOKENIZERS =
  /^(tokenizer\.json|vocab\.(json|txt)|merges\.txt|spiece\.model|source\.spm|target\.spm|sentencepiece\.bpe\.model)$/;

const TRANSLATED = /^README[._]([a-z]{2,3}(?:-[a-z]{2,4})?)\.md$/i;

const MOST_LANGUAGES = 20;

/**
 * Looks through a checkpoint's folder: of the weights only the headers are read.
 * @throws ExplorerError 'model-missing', 'model-file'
 */
export async function modelDetails(files: ModelFiles): Promise<ModelDetails> {
  const weights = await loadWeights(files);
  await weights.close();
  const parts = new Map<ModelPartName, { parameters: number; bytes: number }>();
  const dtypes = new Map<string, number>();
  for (const [name, { shape, dtype, begin, end }] of weights.tensors) {
    const part = partOf(name);
    const sum = parts.get(part) ?? { parameters: 0, bytes: 0 };
    sum.parameters += shape.reduce((product, size) => product * size, 1);
    sum.bytes += end - begin;
    parts.set(part, sum);
    dtypes.set(dtype, (dtypes.get(dtype) ?? 0) + end - begin);
  }
  const names = await files.list();
  return {
    folder: files.folder,
    parts: [...parts].map(([part, sum]) => ({ part, ...sum })).sort((a, b) => b.parameters - a.parameters),
    dtypes: [...dtypes].map(([dtype, bytes]) => ({ dtype, bytes })).sort((a, b) => b.bytes - a.bytes),
    tokenizerFiles: names.filter((name) => TOKENIZERS.test(name)).sort(),
    card: await cardOf(files, names),
  };
}

/** README.md, with the titles of README.<language>.md beside it. */
async function cardOf(files: ModelFiles, names: readonly string[]): Promise<ModelCard | undefined> {
  const card = await files.read('README.md');
  if (!card) return undefined;
  const titles: Record<string, string> = {};
  for (const name of names.filter((name) => TRANSLATED.test(name)).slice(0, MOST_LANGUAGES)) {
    const [, language] = TRANSLATED.exec(name) as unknown as [string, string];
    const { title } = readCard((await files.read(name)) ?? new Uint8Array());
    if (title !== undefined) titles[language.toLowerCase()] = title;
  }
  return { ...readCard(card), ...(Object.keys(titles).length > 0 ? { titles } : {}) };
}
