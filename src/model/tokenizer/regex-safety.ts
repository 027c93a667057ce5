/** Longer patterns, and deeper nested ones, than any published tokenizer needs are refused. */
const LONGEST = 4000;
const DEEPEST = 16;
/** A group repeated more often than this counts as repeated without end. */
const FEW = 3;
/** Repetitions without end in a row that published patterns come near: `\s*[\r\n]+` has two. */
const MOST_IN_A_ROW = 3;

/** What stands inside a group, as far as it matters for how often it can be matched. */
interface Inside {
  /** More than one alternative. */
  readonly choice: boolean;
  /** Something that can be longer or shorter: `a?`, `a{2,3}`, `a+`. */
  readonly variable: boolean;
  /** Most repetitions without end in one alternative. */
  readonly endless: number;
}

/** Thrown inwards to end the reading: the pattern is refused. */
class Risk extends Error {}

/**
 * Whether a regular expression from an untrusted file could run for ever, by its form alone: it is never run, and a
 * harmless pattern may be refused. Refused are, in a group that is repeated, everything that can be read in more ways
 * than one, `(a+)+`, `(a|ab)*`, `(a?b){9}`; repetitions without end in a look-ahead or -behind; more than three of them in
 * a row; references to what was matched; and what is too long or nested too deep.
 */
export function riskyPattern(pattern: string): boolean {
  if (pattern.length > LONGEST) return true;
  try {
    const reader = new Reader(pattern);
    while (!reader.atEnd) {
      reader.alternatives(0);
      // A bracket too many: the engine says so itself.
      reader.skip();
    }
    return false;
  } catch (error) {
    if (error instanceof Risk) return true;
    throw error;
  }
}

class Reader {
  #at = 0;

  constructor(private readonly pattern: string) {}

  get atEnd(): boolean {
    return this.#at >= this.pattern.length;
  }

  skip(): void {
    this.#at++;
  }

  /** Up to the bracket that closes them, or the end. */
  alternatives(depth: number): Inside {
    if (depth > DEEPEST) throw new Risk();
    let [choice, variable, endless, here] = [false, false, 0, 0];
    while (!this.atEnd && this.#look() !== ')') {
      if (this.#look() === '|') {
        this.skip();
        choice = true;
        here = 0;
        continue;
      }
      const term = this.#term(depth);
      variable ||= term.variable;
      here += term.endless;
      endless = Math.max(endless, here);
      if (here > MOST_IN_A_ROW) throw new Risk();
    }
    return { choice, variable, endless };
  }

  /** One letter, class or group, with how often it comes. */
  #term(depth: number): { readonly variable: boolean; readonly endless: number } {
    let inside: Inside = { choice: false, variable: false, endless: 0 };
    let around = false;
    if (this.#look() === '(') {
      const opening = /^\((?:\?(?:[:>]|<?[=!]|<[^>]*>|[a-z-]*[:)]))?/i.exec(
        this.pattern.slice(this.#at, this.#at + 80),
      )![0];
      this.#at += opening.length;
      // `(?i)` holds nothing.
      if (opening.endsWith(')')) return { variable: false, endless: 0 };
      around = /[=!]$/.test(opening);
      inside = this.alternatives(depth + 1);
      this.skip();
    } else if (this.#look() === '[') this.#at = endOfClass(this.pattern, this.#at) + 1;
    else if (this.#look() === '\\') this.#escape();
    else this.skip();
    if (around && inside.endless > 0) throw new Risk();
    const { least, most } = this.#count();
    if (most > FEW && (inside.choice || inside.variable)) throw new Risk();
    return {
      variable: inside.variable || inside.choice || least !== most,
      endless: most > 64 ? inside.endless + 1 : inside.endless * Math.max(1, most),
    };
  }

  #escape(): void {
    this.skip();
    if (/[1-9]/.test(this.#look()) || this.pattern.startsWith('k<', this.#at)) throw new Risk();
    const named = /^[pPux]\{[^}]*\}/.exec(this.pattern.slice(this.#at, this.#at + 60));
    this.#at += named ? named[0].length : 1;
  }

  /** `*`, `+`, `?`, `{2,5}`, and what makes them lazy or possessive. */
  #count(): { readonly least: number; readonly most: number } {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/.exec(this.pattern.slice(this.#at, this.#at + 32));
    if (!found) return { least: 1, most: 1 };
    this.#at += found[0].length;
    const [whole, least, comma, most] = found;
    if (whole[0] === '?') return { least: 0, most: 1 };
    if (whole[0] !== '{') return { least: 0, most: Number.POSITIVE_INFINITY };
    if (most) return { least: Number(least), most: Number(most) };
    return { least: Number(least), most: comma ? Number.POSITIVE_INFINITY : Number(least) };
  }

  #look(): string {
    return this.pattern[this.#at] ?? '';
  }
}

function endOfClass(pattern: string, from: number): number {
  let depth = 0;
  for (let i = from; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '[') depth++;
    else if (pattern[i] === ']' && i > from + 1 && --depth === 0) return i;
  }
  return pattern.length;
}
