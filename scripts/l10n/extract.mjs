// Every sentence of src/ and webview/ that a person reads, as the keys of the bundles.
import { callsOf } from './called.mjs';
import { errorTexts } from './error-texts.mjs';
import { bare, codeOf, lineOf, nameOfCallee, nameOfFunction, parameterOf, parseFolders } from './syntax.mjs';
import { textsOf } from './texts-of.mjs';

/** The headless entry speaks English, and AssemblyScript does not speak. */
export const SILENT = (file) => /^src\/(cli|tensor\/assembly)\//.test(file);

/**
 * @returns texts: key → where it stands ("file:line"); dynamic: places where what is translated is no literal, so that
 *   no one can know its key
 */
export function extract(sources = parseFolders(['src', 'webview'], SILENT)) {
  const texts = new Map();
  const dynamic = [];
  const add = (text, source, node) => {
    // “{0}, {1}” has no word, but its comma is another one in Chinese.
    const values = text.match(/\{\w+\}/g) ?? [];
    if (values.length < 2 && !/\p{L}/u.test(text.replace(/\{\w+\}/g, ''))) return;
    const places = texts.get(text) ?? [];
    texts.set(text, [...places, `${source.file}:${lineOf(source, node)}`]);
  };

  const seen = new Set();
  /** What is given to a translating function as its argument number `index`. */
  const readArgument = (source, call, index) => {
    const argument = call.arguments[index];
    if (!argument || seen.has(argument)) return;
    seen.add(argument);
    const found = textsOf(source, argument);
    if (found.unknown.length === 0) for (const text of found.texts) add(text, source, argument);
    else for (const node of found.unknown) readParameter(source, node);
  };
  /** A function that translates its parameter: its callers give the sentence. */
  const readParameter = (source, node) => {
    const place = bare(node).type === 'Identifier' ? parameterOf(node) : undefined;
    const name = place && nameOfFunction(place.owner);
    const calls = name ? callsOf(sources, source, name) : [];
    if (calls.length === 0) dynamic.push(`${source.file}:${lineOf(source, node)} ${codeOf(source, node)}`);
    for (const { source: caller, call } of calls) readArgument(caller, call, place.index);
  };

  for (const source of sources) {
    if (/(^|\/)l10n\.ts$/.test(source.file)) continue;
    for (const node of source.nodes) if (isTranslation(node)) readArgument(source, node, 0);
  }
  for (const { text, source, node } of errorTexts(sources)) add(text, source, node);
  return { texts, dynamic };
}

/** vscode.l10n.t(…), l10n.t(…) and the window's t(…). */
function isTranslation(node) {
  if (node.type !== 'CallExpression' || nameOfCallee(node) !== 't') return false;
  const callee = bare(node.callee);
  if (callee.type === 'Identifier') return true;
  const object = bare(callee.object);
  return (object.property?.name ?? object.name) === 'l10n';
}
