import { nameOfCallee } from './syntax.mjs';

/** @returns calls of a function by its name: in its own file, `home`, and where it is imported from there */
export function callsOf(sources, home, name) {
  const stem = home.file.split('/').at(-1);
  return sources
    .filter((source) => source === home || imports(source, name, stem))
    .flatMap((source) =>
      source.nodes
        .filter((node) => node.type === 'CallExpression' && nameOfCallee(node) === name)
        .map((call) => ({ source, call })),
    );
}

const imports = (source, name, stem) =>
  source.nodes.some(
    (node) =>
      node.type === 'ImportDeclaration' &&
      node.source.value.split('/').at(-1) === stem &&
      node.specifiers.some((specifier) => specifier.local.name === name),
  );
