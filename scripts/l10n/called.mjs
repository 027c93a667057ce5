import { nameOfCallee } from './syntax.mjs';

/**
 * @param sources all files, @param owner a function, @param name what it is called by
 * @returns calls of it: in its own file, where it is imported from there, and as a method
 */
export function callsOf(sources, home, name) {
  const stem = home.file.split('/').at(-1);
  return sources.flatMap((source) => {
    const near = source === home || imports(source, name, stem);
    return source.nodes
      .filter((node) => node.type === 'CallExpression' && nameOfCallee(node) === name)
      .filter(({ callee }) => near || callee.type === 'MemberExpression')
      .map((call) => ({ source, call }));
  });
}

const imports = (source, name, stem) =>
  source.nodes.some(
    (node) =>
      node.type === 'ImportDeclaration' &&
      node.source.value.split('/').at(-1) === stem &&
      node.specifiers.some((specifier) => specifier.local.name === name),
  );
