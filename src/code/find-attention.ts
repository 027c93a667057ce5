import type { Finding } from './finding.ts';
import { formulaAt } from './formula.ts';
import { configFieldAt } from './hf-config.ts';
import { kerasMultihead } from './keras-attention.ts';
import { LiteralNames } from './python-scopes.ts';
import { callAt, type PythonCall } from './python-source.ts';
import { torchMultihead, torchScaledDot } from './torch-attention.ts';

const TORCH_LAYER = 'MultiheadAttention';
const KERAS_LAYER = 'MultiHeadAttention';
const TORCH_FUNCTION = 'scaled_dot_product_attention';
/** Tokens of an argument that is a literal, a name, or little more. */
const SHORT = 5;

/**
 * Attention that a text speaks of at a place: a formula, a call of PyTorch or Keras, a field of a model's config. In turns,
 * so that who looks need not hold others up.
 * @param offset UTF-16 offset in the text    @param json the text is a JSON file
 * @param whole false where the text is only a part of its file: what names stand for can't be told then
 */
export function* findAttention(
  text: string,
  offset: number,
  json: boolean,
  whole = true,
): Generator<undefined, Finding | undefined, undefined> {
  if (json) return configFieldAt(text, offset);
  const names = new LiteralNames(whole ? text : '', offset);
  const call = yield* callAt(text, offset, [TORCH_LAYER, KERAS_LAYER, TORCH_FUNCTION]);
  // Within the call only its own name and arguments speak of it, not what is computed in them.
  if (call && isAbout(call, offset) && !isOwn(text, call.name)) {
    if (call.name === TORCH_FUNCTION) return torchScaledDot(call, names);
    if (call.name === TORCH_LAYER) return torchMultihead(call, names);
    if (isKeras(text, call)) return kerasMultihead(call, names);
  }
  return formulaAt(text, offset, names.resolve);
}

function isAbout({ start, callee, arguments: given }: PythonCall, offset: number): boolean {
  if (offset <= start + callee.length) return true;
  return given.some((one) => one.tokens <= SHORT && one.start <= offset && offset <= one.end);
}

/** A class or function of the file's own by that name is not the framework's. */
function isOwn(text: string, name: string): boolean {
  return text.includes(`class ${name}`) || text.includes(`def ${name}`);
}

/** Other libraries have a class of that name, too: Keras's is called by its path, with key_dim, or imported from it. */
function isKeras(text: string, { callee, arguments: given }: PythonCall): boolean {
  if (given.some(({ keyword }) => keyword === 'key_dim')) return true;
  if (callee.includes('.')) return /(?:^|\.)(?:layers|keras|L)\./.test(callee);
  return /\b(?:keras|tensorflow)\b/.test(text.slice(0, 200_000));
}
