import { bare, codeOf, constOf } from './syntax.mjs';

/**
 * Every text that an expression can be, as far as the file tells. Values in it stand as placeholders.
 * @param nameOf placeholder's name for an expression that is no text, undefined where there may be none
 * @returns texts, and the expressions that are neither text nor placeholder
 */
export function textsOf(source, expression, nameOf = () => undefined) {
  const unknown = [];
  const taken = new Map();
  /** {end}, and {end2} where another value of that name stands in the same text. */
  const placeholder = (name, code) => {
    let free = name;
    for (let i = 2; taken.has(free) && taken.get(free) !== code; i++) free = `${name}${i}`;
    taken.set(free, code);
    return [`{${free}}`];
  };
  const read = (raw) => {
    const node = bare(raw);
    // What has a name is a value, even where it is a constant.
    const name = nameOf(node);
    if (name !== undefined) return placeholder(name, codeOf(source, node));
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
        if (node.operator === '+') return product(read(node.left), read(node.right));
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
        if (message) return read(message.value);
        break;
      }
    }
    unknown.push(node);
    return placeholder(lastName(codeOf(source, node)), codeOf(source, node));
  };
  const texts = [...new Set(read(expression))];
  return { texts, unknown };
}

/** A number is a value, however constant. */
export const isText = (raw) => {
  const { type, value } = bare(raw);
  return type === 'Literal' ? typeof value === 'string' : /Template|Binary|Conditional/.test(type);
};

const product = (starts, ends) => starts.flatMap((start) => ends.map((end) => start + end));

/** Last name in an expression: dtype of tensor.dtype. */
export const lastName = (code) => code.match(/[A-Za-z]\w*(?=\W*$)/)?.[0] ?? 'value';
