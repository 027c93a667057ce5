import type { ModelCard, ModelDetails, ModelPartName } from '../../contract/model-info.ts';
import type { ModelFiles } from '../checkpoint/checkpoint-files.ts';
import { loadWeights } from '../checkpoint/stored-weights.ts';

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
    const part = modelPartOf(name);
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

/** The first that fits counts; names as the families have them. */
const PARTS: readonly (readonly [RegExp, ModelPartName])[] = [
  [/lm_head|final_logits_bias|^proj_out|^cls\.|pooler/, 'output'],
  [/encoder_attn|EncDecAttention|crossattention|ln_cross_attn/, 'cross'],
  [/embed|shared|\bw[tp]e\b|relative_attention_bias|cls_token|encoder\.conv\d/, 'embedding'],
  [
    /\bfc[12]\b|\.mlp\.|DenseReluDense|intermediate|\boutput\.dense|\bffn\b|final_layer_norm|layer\.2\.layer_norm/,
    'feedForward',
  ],
  [/(^|\.)decoder\.|transformer\.h\.|^h\./, 'decoder'],
  [/(^|\.)encoder\.|transformer\.layer\.|attention/, 'encoder'],
];

/** Which part of a model a tensor belongs to, by its name in the checkpoint. */
export function modelPartOf(name: string): ModelPartName {
  // BERT's attention output is no feed-forward layer, though its name ends as one's.
  const attention = /attention\.output/.test(name);
  return PARTS.find(([pattern, part]) => pattern.test(name) && !(attention && part === 'feedForward'))?.[1] ?? 'other';
}

/** Characters of a card that are read: its front matter and its title stand at the top. */
const MOST = 20_000;
const LANGUAGES = 40;

/**
 * What a model's card says of licence and languages: the lines `license:` and `language:` of its front matter, and
 * its first heading. Only these shapes of YAML are read; what is anything else is left out.
 * @param bytes README.md
 */
export function readCard(bytes: Uint8Array): ModelCard {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST));
  const lines = text.split(/\r?\n/, 400);
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : -1;
  const front = end > 0 ? lines.slice(1, end) : [];
  const heading = lines.slice(end + 1).find((line) => /^#\s+\S/.test(line));
  const license = values(front, 'license')[0];
  return {
    ...(heading === undefined ? {} : { title: heading.replace(/^#\s+/, '').trim().slice(0, 200) }),
    ...(license === undefined ? {} : { license }),
    languages: [...values(front, 'language'), ...values(front, 'languages')].slice(0, LANGUAGES),
  };
}

/** `key: a`, `key: [a, b]`, or `key:` with `- a` below it. */
function values(lines: readonly string[], key: string): string[] {
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at < 0) return [];
  const rest = lines[at].slice(key.length + 1).trim();
  if (rest !== '')
    return rest
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(plain)
      .filter(Boolean);
  const below = lines.slice(at + 1);
  const stop = below.findIndex((line) => !/^\s*-\s/.test(line));
  return (stop < 0 ? below : below.slice(0, stop)).map((line) => plain(line.replace(/^\s*-\s/, ''))).filter(Boolean);
}

const plain = (text: string): string =>
  text
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .slice(0, 100);
