import { bare, codeOf, constOf } from './syntax.mjs';

/**
 * Every text that an expression can be, as far as the file tells. Values in it stand as placeholders.
 * @param nameOf placeholder's name for an expression that is a value, '' for one that has no name of its own
 * @returns texts, and the expressions that are neither text nor placeholder
 */
export function textsOf(source, expression, nameOf = () => undefined) {
  const unknown = [];
  const values = [];
  /** A value without a name, by its number; a letter comes at the end, when its place in the text is known. */
  const unnamed = (code) => {
    if (!values.includes(code)) values.push(code);
    return [`\0${values.indexOf(code)}\0`];
  };
  const read = (raw) => {
    const node = bare(raw);
    // What has a name is a value, even where it is a constant.
    const name = nameOf(node);
    if (name !== undefined) return name === '' ? unnamed(codeOf(source, node)) : [`{${name}}`];
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'object' ? [] : [String(node.value)];
      case 'TemplateLiteral':
        return node.quasis
          .flatMap((quasi, i) => [
            [quasi.value.cooked],
            ...(i < node.expressions.length ? [read(node.expressions[i])] : []),
          ])
          .reduce(product, ['']);
      case 'BinaryExpression':
        // Of numbers it is a sum.
        if (node.operator === '+' && hasText(node)) return product(read(node.left), read(node.right));
        break;
      case 'ConditionalExpression':
        return [...read(node.consequent), ...read(node.alternate)];
      case 'LogicalExpression':
        if (node.operator !== '&&') return [...read(node.left), ...read(node.right)];
        break;
      case 'Identifier': {
        const init = node.name === 'undefined' ? undefined : constOf(source, node);
        if (init && isText(init)) return read(init);
        break;
      }
      case 'ObjectExpression': {
        const message = node.properties.find((property) => property.key?.name === 'message');
        const comment = node.properties.find((property) => property.key?.name === 'comment');
        if (message) return product(read(message.value), comment ? commentOf(bare(comment.value)) : ['']);
        break;
      }
    }
    unknown.push(node);
    return unnamed(codeOf(source, node));
  };
  const texts = [...new Set(read(expression).map(lettered))];
  return { texts, unknown };
}

export function hasText(raw) {
  const node = bare(raw);
  if (node.type === 'BinaryExpression') return hasText(node.left) || hasText(node.right);
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** VS Code looks for `message/comment` where there is one. */
function commentOf(node) {
  const parts = node.type === 'ArrayExpression' ? node.elements : [node];
  return [`/${parts.map((part) => part.value).join('')}`];
}

/** A number is a value, however constant. */
export const isText = (raw) => {
  const { type, value } = bare(raw);
  return type === 'Literal' ? typeof value === 'string' : /Template|Binary|Conditional/.test(type);
};

const product = (starts, ends) => starts.flatMap((start) => ends.map((end) => start + end));

/** {a}, {b} … in the order of the text: the key does not change with the names in the code. */
function lettered(text) {
  const seen = [];
  return text.replace(/\0(\d+)\0/g, (_, value) => {
    if (!seen.includes(value)) seen.push(value);
    return `{${String.fromCharCode(97 + seen.indexOf(value))}}`;
  });
}
