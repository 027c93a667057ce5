import { findNodeAtOffset, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { isSize, numberBytes } from './argument-values.ts';
import type { ConfigFinding } from './finding.ts';
import { HF_FIELDS, hfStacks } from './hf-stacks.ts';

/** Longest config.json that is read, in UTF-16 units, and how deep its objects may go. */
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 60;

/**
 * The field of a Hugging Face config.json that stands at a place, and what the object around it says about attention.
 * @returns undefined for any other field, any other JSON, and what is no JSON
 */
export function configFieldAt(text: string, offset: number): ConfigFinding | undefined {
  if (text.length > MAX_LENGTH || !HINT.test(text) || depthOf(text) > MAX_DEPTH) return undefined;
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset, true);
  const property = node?.type === 'property' ? node : node?.parent?.type === 'property' ? node.parent : undefined;
  const object = property?.parent;
  const [key, value] = property?.children ?? [];
  if (!root || !object || !key || !value) return undefined;
  const meaning = HF_FIELDS[String(key.value)];
  const config = scalars(object);
  if (!Object.hasOwn(HF_FIELDS, String(key.value)) || !isSize(value.value) || !isModel(config)) return undefined;
  const dtype = dtypeOf(config) ?? dtypeOf(scalars(root)) ?? 'float32';
  return {
    kind: 'config',
    span: { start: property!.offset, end: property!.offset + property!.length },
    field: meaning.field,
    part: meaning.part,
    name: String(key.value),
    value: value.value,
    ...hfStacks(config),
    dtype,
    numberBytes: numberBytes(dtype),
  };
}

/** One of these is in every config of a model with attention. */
const HINT = /"(?:model_type|architectures|num_attention_heads|n_head|n_heads|num_heads|encoder_attention_heads)"/;
const HEADS = ['num_attention_heads', 'n_head', 'n_heads', 'num_heads', 'encoder_attention_heads'];

/** A dimension alone is anything; beside heads, or in what calls itself a model, it is attention's. */
function isModel(config: Readonly<Record<string, unknown>>): boolean {
  return 'model_type' in config || 'architectures' in config || HEADS.some((name) => name in config);
}

/** The members of an object that are no objects themselves. */
function scalars(object: Node): Record<string, unknown> {
  const found: Record<string, unknown> = Object.create(null);
  for (const { children } of object.children ?? []) {
    const [key, value] = children ?? [];
    if (key && value && value.type !== 'object') found[String(key.value)] = getNodeValue(value);
  }
  return found;
}

function dtypeOf(config: Readonly<Record<string, unknown>>): string | undefined {
  const type = config.torch_dtype ?? config.dtype;
  return typeof type === 'string' && type.length < 30 ? type : undefined;
}

/** How deep brackets go: the parser goes as deep itself, and a hostile file could be all brackets. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') while (++i < text.length && text[i] !== '"' && text[i] !== '\n') i += text[i] === '\\' ? 1 : 0;
    if (letter === '{' || letter === '[') most = Math.max(most, ++depth);
    if (letter === '}' || letter === ']') depth--;
  }
  return most;
}
