/** A piece of a formula, whatever it was written in: `transpose` is ᵀ, ^T, ^\top or .T; `root` is √, \sqrt or sqrt. */
export interface FormulaToken {
  readonly kind:
    | 'name'
    | 'number'
    | 'open'
    | 'close'
    | 'times'
    | 'divide'
    | 'plus'
    | 'minus'
    | 'power'
    | 'transpose'
    | 'root'
    | 'fraction'
    | 'subscript'
    | 'comma'
    | 'equals'
    | 'dot'
    | 'end';
  readonly text: string;
  /** UTF-16 offsets [start, end) in what was read. */
  readonly start: number;
  readonly end: number;
}

type Kind = FormulaToken['kind'];

/** TeX commands that only dress what they stand before, or only make room. */
const DRESS = new Set(
  (
    'mathrm mathbf mathit mathsf mathcal mathbb boldsymbol bm text textrm textbf textit textsf operatorname operatorname* ' +
    'left right big Big bigl bigr Bigl Bigr bigg Bigg biggl biggr displaystyle textstyle quad qquad vec hat tilde bar ' +
    'rm bf it limits nolimits'
  ).split(' '),
);

const COMMANDS: Readonly<Record<string, Kind>> = {
  frac: 'fraction',
  dfrac: 'fraction',
  tfrac: 'fraction',
  cfrac: 'fraction',
  sqrt: 'root',
  cdot: 'times',
  times: 'times',
  ast: 'times',
  top: 'name',
  intercal: 'name',
  softmax: 'name',
  lbrace: 'open',
  rbrace: 'close',
  lbrack: 'open',
  rbrack: 'close',
};

const SIGNS: Readonly<Record<string, Kind>> = {
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
  '*': 'times',
  '@': 'times',
  '·': 'times',
  '×': 'times',
  '∙': 'times',
  '⋅': 'times',
  '∗': 'times',
  '/': 'divide',
  '÷': 'divide',
  '+': 'plus',
  '-': 'minus',
  '−': 'minus',
  '^': 'power',
  _: 'subscript',
  ',': 'comma',
  '=': 'equals',
  '.': 'dot',
  '√': 'root',
  ᵀ: 'transpose',
  '⊤': 'transpose',
  "'": 'transpose',
  '′': 'transpose',
};

/** Letters above or below the line are none of a name. */
const NAME = /(?![ᵀ\u2080-\u209c\u1d62-\u1d6a])\p{L}(?:(?![ᵀ\u2080-\u209c\u1d62-\u1d6a])[\p{L}\p{N}_])*/uy;
const NUMBER = /\d[\d_]*(?:\.\d+)?/y;
const COMMAND = /\\([A-Za-z]+\*?|.)/y;
/** Small letters and digits below the line: an index, as in dₖ. */
const BELOW = /[\u2080-\u209c\u1d62-\u1d6a]+/uy;
const MAX_TOKENS = 400;

/**
 * Splits a formula, in TeX, plain text, Unicode or Python, into pieces that mean the same; one pass.
 * @returns at most 400 pieces, the last one `end`, which stands where reading stopped
 */
export function formulaTokens(text: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let at = 0;
  const push = (kind: Kind, length: number, shown = text.slice(at, at + length)) => {
    tokens.push({ kind, text: shown, start: at, end: at + length });
    at += length;
  };
  while (at < text.length && tokens.length < MAX_TOKENS) {
    const command = match(COMMAND, text, at);
    const word = match(NAME, text, at);
    const number = match(NUMBER, text, at);
    const below = match(BELOW, text, at);
    if (command) {
      const name = command.slice(1);
      const kind = COMMANDS[name];
      if (kind && Object.hasOwn(COMMANDS, name)) push(kind, command.length, name);
      else if (DRESS.has(name) || !/^[A-Za-z]/.test(name)) at += command.length;
      else push('name', command.length, name);
    } else if (below) at += below.length;
    else if (word) push(word === 'sqrt' ? 'root' : 'name', word.length);
    else if (number) push('number', number.length);
    else if (text.startsWith('**', at)) push('power', 2);
    else if (SIGNS[text[at]]) push(SIGNS[text[at]], 1);
    else if (/[\s$&`~:;]/.test(text[at])) at++;
    else break;
  }
  tokens.push({ kind: 'end', text: '', start: at, end: at });
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
