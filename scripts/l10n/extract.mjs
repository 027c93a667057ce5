// Every sentence of src/ and webview/ that a person reads, as the keys of the bundles.
import { bare, codeOf, lineOf, nameOfCallee, parseFolders } from './syntax.mjs';
import { textsOf } from './texts-of.mjs';

/** Which argument of a call is English that is translated: at once, or where the error is shown. */
const TEXT_AT = { t: 0, sentence: 0, message: 0, Problem: 0, ExplorerError: 1 };

/** The headless entry speaks English, and AssemblyScript does not speak. */
export const SILENT = (file) => /^src\/(cli|tensor\/assembly)\//.test(file);

/**
 * @param {Record<string, number>} textAt the functions that are given what is translated → which argument it is
 * @returns texts: key → where it stands ("file:line"); dynamic: places where what is translated is no literal, so that
 *   no one can know its key
 */
export function extract(sources = parseFolders(['src', 'webview'], SILENT), textAt = TEXT_AT) {
  const texts = new Map();
  const dynamic = [];
  const add = (text, source, node) => {
    // “{0}, {1}” has no word, but its comma is another one in Chinese.
    const values = text.match(/\{\w+\}/g) ?? [];
    if (values.length < 2 && !/\p{L}/u.test(text.replace(/\{\w+\}/g, ''))) return;
    const places = texts.get(text) ?? [];
    texts.set(text, [...places, `${source.file}:${lineOf(source, node)}`]);
  };

  /** What is given to a function as the argument that is translated. */
  const readArgument = (source, call, index) => {
    const argument = call.arguments[index];
    // A message that is passed on is read where it is made.
    if (!argument || argument.property?.name === 'template') return;
    const found = textsOf(source, argument);
    if (found.unknown.length === 0) for (const text of found.texts) add(text, source, argument);
    else
      for (const node of found.unknown) dynamic.push(`${source.file}:${lineOf(source, node)} ${codeOf(source, node)}`);
  };

  for (const source of sources) {
    if (/(^|\/)l10n\.ts$/.test(source.file)) continue;
    for (const node of source.nodes) {
      const index = isTranslating(node) ? textAt[nameOfCallee(node)] : undefined;
      if (index !== undefined) readArgument(source, node, index);
    }
  }
  return { texts, dynamic };
}

/** vscode.l10n.t(…), l10n.t(…), the window's t(…) and sentence(…); message(…), new Problem(…) and new ExplorerError(…). */
function isTranslating(node) {
  if (!/^(Call|New)Expression$/.test(node.type) || !Object.hasOwn(TEXT_AT, nameOfCallee(node) ?? '')) return false;
  const callee = bare(node.callee);
  if (callee.type === 'Identifier') return true;
  const object = bare(callee.object);
  return (object.property?.name ?? object.name) === 'l10n';
}
