import { bare, constOf } from './syntax.mjs';

/**
 * Every text that an expression can be, as far as the file tells.
 * @returns texts, and the expressions in it that are none: with any of them the texts are not whole
 */
export function textsOf(source, expression) {
  const unknown = [];
  const read = (raw) => {
    const node = bare(raw);
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
    return [''];
  };
  return { texts: [...new Set(read(expression))], unknown };
}

function hasText(raw) {
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
const isText = (raw) => {
  const { type, value } = bare(raw);
  return type === 'Literal' ? typeof value === 'string' : /Template|Binary|Conditional/.test(type);
};

const product = (starts, ends) => starts.flatMap((start) => ends.map((end) => start + end));
