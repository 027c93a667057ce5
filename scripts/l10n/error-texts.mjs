import { callsOf } from './called.mjs';
import { bare, codeOf, constOf, nameOfFunction, parameterOf } from './syntax.mjs';
import { hasText, isText, textsOf } from './texts-of.mjs';

/** Params that can be a single word of the language; those of the others are names out of files and code. */
const WORD_PARAMS = new Set(['side', 'which', 'kind', 'found', 'expected', 'reason', 'problem']);
/** Properties that carry a part of a message from where it is known to where the error is made. */
const PARTS = new Set(['reason', 'way', 'problem']);
/** Params of a closed set of words, which often come as a type and not as a literal. */
const WORDS = { side: ['source', 'target'], which: ['source', 'target'], kind: ['sound', 'picture'] };

/**
 * Texts of every `new ExplorerError(code, message, params)`: the message with {param} where a value stands, and the
 * parts of it that are words themselves (a reason, what was expected), wherever their function is called.
 * editor/translate-message.ts finds them again at run time.
 */
export function errorTexts(sources) {
  const found = [];
  const seen = new Set();

  /** A part of a message: a word or clause that its function was given. */
  const readPart = (source, raw, param) => {
    const node = raw && bare(raw);
    if (!node || seen.has(node)) return;
    seen.add(node);
    const { texts, unknown } = textsOf(source, node, (inner) =>
      inner === node ? undefined : valueName(source, inner),
    );
    const isWhole = unknown.length === 1 && unknown[0] === node;
    if (!isWhole) {
      for (const text of texts) if (isWords(text, param)) found.push({ text, source, node });
      return;
    }
    const init = node.type === 'Identifier' ? constOf(source, node) : undefined;
    if (init) return readPart(source, init, param);
    const place = node.type === 'Identifier' ? parameterOf(node) : undefined;
    const name = place && nameOfFunction(place.owner);
    if (!name) return;
    for (const { source: caller, call } of callsOf(sources, source, name))
      readPart(caller, call.arguments[place.index], param);
  };

  for (const source of sources) {
    for (const node of source.nodes) {
      if (node.type === 'Property' && PARTS.has(node.key.name)) readPart(source, node.value, node.key.name);
      if (node.type !== 'NewExpression' || node.callee.name !== 'ExplorerError') continue;
      const [, message, params] = node.arguments;
      const values = paramsOf(source, params);
      const { texts, unknown } = textsOf(source, message, (inner) => values.get(codeOf(source, inner))?.name);
      // An error that passes a message on has none of its own.
      if (unknown.includes(bare(message))) continue;
      for (const text of texts) found.push({ text, source, node });
      for (const { name, value } of values.values()) {
        readPart(source, value, name);
        for (const text of WORDS[name] ?? []) found.push({ text, source, node });
      }
      for (const inner of unknown) readPart(source, inner, codeOf(source, inner));
    }
  }
  return found;
}

/** Code of a value → the param that holds it. */
function paramsOf(source, node) {
  const values = new Map();
  for (const property of node?.type === 'ObjectExpression' ? node.properties : []) {
    if (property.type !== 'Property') continue;
    const value = bare(property.value);
    values.set(codeOf(source, value), { name: property.key.name, value });
    // String(value) in the params is `value` in the message.
    if (value.type === 'CallExpression' && value.callee.name === 'String')
      values.set(codeOf(source, value.arguments[0]), { name: property.key.name, value });
  }
  return values;
}

/** Inside a clause every value is a placeholder without a name. */
function valueName(source, node) {
  if (/Literal|Conditional|Logical/.test(node.type) || hasText(node)) return undefined;
  const init = node.type === 'Identifier' ? constOf(source, node) : undefined;
  return init && isText(init) ? undefined : '';
}

function isWords(text, param) {
  if (param === 'command') return false; // of a shell
  const words = text.replace(/\{\w+\}/g, ' ').trim();
  if (!/[a-z]{2}/.test(words)) return false;
  return /\s/.test(words) || (/^[a-z]+$/.test(words) && WORD_PARAMS.has(param));
}
