// TypeScript sources as syntax trees, and what can be asked of a node.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'rolldown/utils';
import { root } from '../host/paths.mjs';

/**
 * @param folders under the project's root
 * @param {(file: string) => boolean} skip file names (from the root, with /) that are left out
 * @returns one entry a file; every node knows its parent
 */
export function parseFolders(folders, skip = () => false) {
  const names = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !skip(name)),
  );
  return names.sort().map((name) => parse(name, readFileSync(path.join(root, name), 'utf8')));
}

/** @throws when a file does not parse */
export function parse(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length) throw new Error(`${file}: ${errors[0].message}`);
  const nodes = [];
  const visit = (node, parent) => {
    node.parent = parent;
    nodes.push(node);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'parent') continue;
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child === 'object' && typeof child.type === 'string') visit(child, node);
      }
    }
  };
  visit(program, undefined);
  return { file, text, nodes };
}

export const lineOf = (source, node) => source.text.slice(0, node.start).split('\n').length;

export const codeOf = (source, node) => source.text.slice(node.start, node.end);

/** Without parentheses, `as …` and `!`. */
export function bare(node) {
  let inner = node;
  while (
    ['ParenthesizedExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(inner?.type)
  )
    inner = inner.expression;
  return inner;
}

/** `t` of t(…), l10n.t(…) and vscode.l10n.t(…). */
export function nameOfCallee({ callee }) {
  const inner = bare(callee);
  return inner.type === 'MemberExpression' ? inner.property.name : inner.name;
}

/** What a `const name = …` of the same file, nearest before the identifier, holds. */
export function constOf(source, identifier) {
  const found = source.nodes.filter(
    (node) =>
      node.type === 'VariableDeclarator' &&
      node.id.name === identifier.name &&
      node.init &&
      node.parent.kind === 'const' &&
      // In the same block or one around it.
      contains(node.parent.parent, identifier),
  );
  return found.sort((a, b) => b.start - a.start)[0]?.init;
}

const contains = (outer, inner) => outer.start <= inner.start && inner.end <= outer.end;
