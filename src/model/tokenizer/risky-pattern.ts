/** Longer patterns than any published tokenizer needs are refused. */
const LONGEST = 4000;

/**
 * Whether a regular expression from an untrusted file could run for ever: too long, or a repeated group that holds a
 * repetition of its own, `(a+)+`. A simple check of form: it may refuse a harmless pattern, never runs it.
 */
export function riskyPattern(pattern: string): boolean {
  if (pattern.length > LONGEST) return true;
  /** For each open group: has it an unbounded repetition inside? */
  const open: boolean[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i];
    if (letter === '\\') i++;
    else if (letter === '[') i = endOfClass(pattern, i);
    else if (letter === '(') {
      open.push(false);
      if (pattern[i + 1] === '?') i++;
    } else if (letter === ')') {
      const repeats = open.pop() ?? false;
      if (repeats && unbounded(pattern, i + 1)) return true;
      if (repeats && open.length > 0) open[open.length - 1] = true;
      if (unbounded(pattern, i + 1) && open.length > 0) open[open.length - 1] = true;
    } else if (unbounded(pattern, i) && open.length > 0) open[open.length - 1] = true;
  }
  return false;
}

function unbounded(pattern: string, at: number): boolean {
  if (pattern[at] === '*' || pattern[at] === '+') return true;
  const counts = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(at, at + 24));
  if (!counts || (!counts[1] && !counts[3])) return false;
  return (counts[2] === ',' && counts[3] === '') || Number(counts[3] || counts[1]) > 64;
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
