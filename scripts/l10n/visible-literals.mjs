import { bare, lineOf, nameOfCallee } from './syntax.mjs';

/** Attributes and properties that a person reads or hears. */
const READ_ATTRIBUTES = 'title|aria-label|aria-description|aria-roledescription|aria-valuetext|alt|placeholder|label';
const READ_PROPERTIES = new Set([
  'label',
  'title',
  'hint',
  'caption',
  'tooltip',
  'description',
  'detail',
  'placeHolder',
  'prompt',
  'openLabel',
  'saveLabel',
]);
const MESSAGES = /^show(Information|Warning|Error)Message$|^setStatusBarMessage$/;
/** Of formulas and names, the same in every language. */
const LANGUAGE_FREE =
  /^(softmax|ln|en|zh|src|tgt|PyTorch|Keras|Hugging|Face|Vaswani|et|al|TSV|CSV|JSON|Lines|PO|XLIFF)$/;

/** @returns words of a literal that would have to be translated, '' for symbols, formulas and icons */
function words(text) {
  const found = text.replace(/\$\([\w~-]+\)|&\w+;|\p{Lu}*\p{Lm}/gu, ' ').match(/\p{L}[\p{L}’'-]+/gu) ?? [];
  return found.filter((word) => !LANGUAGE_FREE.test(word)).join(' ');
}

/**
 * Texts in templates, labels and messages that do not go through t(…) or l10n.t(…). A heuristic: it looks at literals
 * where they are shown, not at what reaches there on longer ways.
 * @returns {string[]} lines "file:line words"
 */
export function visibleLiterals(sources) {
  return sources.flatMap((source) => {
    const found = [];
    const report = (node, text) => {
      if (words(text)) found.push(`${source.file}:${lineOf(source, node)} ${words(text)}`);
    };
    const readExpression = (raw) => {
      const node = bare(raw);
      if (node?.type === 'Literal' && typeof node.value === 'string') report(node, node.value);
      if (node?.type === 'TemplateLiteral') for (const quasi of node.quasis) report(quasi, quasi.value.cooked);
      if (node?.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(readExpression);
      if (node?.type === 'LogicalExpression' || node?.type === 'BinaryExpression')
        [node.left, node.right].forEach(readExpression);
    };
    for (const node of source.nodes) {
      if (node.type === 'TaggedTemplateExpression' && /^(html|svg)$/.test(node.tag.name))
        readTemplate(node.quasi, report, readExpression);
      if (node.type === 'Property' && READ_PROPERTIES.has(node.key.name) && node.parent.type === 'ObjectExpression')
        readExpression(node.value);
      if (node.type === 'CallExpression' && MESSAGES.test(nameOfCallee(node))) node.arguments.forEach(readExpression);
      if (
        node.type === 'AssignmentExpression' &&
        /^(text|tooltip|title|label|description|placeholder)$/.test(node.left.property?.name ?? '')
      )
        readExpression(node.right);
    }
    return found;
  });
}

/** Text between tags, attributes that are read, and literals given to either. */
function readTemplate({ quasis, expressions }, report, readExpression) {
  let inTag = false;
  quasis.forEach((quasi, i) => {
    const text = quasi.value.cooked;
    for (const [part, comment, tag, content] of text.matchAll(
      /(<!--.*?-->)|((?:<\/?[a-z])?[^<>]*>|<\/?[a-z][^<>]*$)|([^<>]+)/gis,
    )) {
      if (comment) continue;
      const isTag = tag !== undefined && (inTag || /^</.test(part));
      if (isTag || inTag)
        for (const [, value] of part.matchAll(new RegExp(`(?:^|\\s)(?:${READ_ATTRIBUTES})="([^"]*)"`, 'g')))
          report(quasi, value);
      else if (content) report(quasi, content);
      if (isTag || inTag) inTag = !part.endsWith('>');
    }
    const expression = expressions[i];
    if (!expression) return;
    const isRead = inTag ? new RegExp(`(?:^|\\s)(?:${READ_ATTRIBUTES})=["']?$`).test(text) : true;
    if (isRead) readExpression(expression);
  });
}
