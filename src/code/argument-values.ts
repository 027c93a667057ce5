import type { LiteralNames } from './python-scopes.ts';
import type { PythonArgument, PythonCall, PythonExpression } from './python-source.ts';
import { type PythonValue, pythonValue } from './python-values.ts';

/** The arguments of a call by the names of the parameters, and their literal values. */
export class CallArguments {
  /** Parameters that are given, but not literally. */
  readonly unread: string[] = [];
  private readonly given = new Map<string, PythonArgument>();

  /** @param parameters names in the order in which arguments without a name go by */
  constructor(
    call: PythonCall,
    parameters: readonly string[],
    private readonly names: LiteralNames,
  ) {
    call.arguments.forEach((argument, i) => {
      const name = argument.keyword ?? parameters[i];
      if (name) this.given.set(name, argument);
    });
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  expression(name: string): PythonExpression | undefined {
    return this.given.get(name)?.value;
  }

  /** A whole number above 0; undefined where it is left out, None, or not literal. */
  size(name: string): number | undefined {
    const value = this.value(name);
    if (isSize(value)) return value;
    if (value !== null && this.has(name)) this.note(name);
    return undefined;
  }

  /** @param otherwise where it is left out; one that is not literal counts as that, and is noted */
  flag(name: string, otherwise: boolean): boolean {
    if (!this.has(name)) return otherwise;
    const value = this.value(name);
    if (typeof value === 'boolean') return value;
    this.note(name);
    return otherwise;
  }

  /** Undefined where it is left out or not literal. */
  value(name: string): PythonValue | undefined {
    const expression = this.expression(name);
    return expression && pythonValue(expression, this.names.resolve);
  }

  note(name: string): void {
    if (!this.unread.includes(name)) this.unread.push(name);
  }
}

/** A whole number above 0, as sizes are. */
export function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

const BYTES: readonly (readonly [RegExp, number])[] = [
  [/float64|double/, 8],
  [/bfloat16|float16|half/, 2],
  [/float8|int8/, 1],
];

/** Bytes of one number of a type, `torch.float16` or `bfloat16`; 4 where the type is not known or not given. */
export function numberBytes(dtype: string | undefined): number {
  return BYTES.find(([pattern]) => pattern.test(dtype ?? ''))?.[1] ?? 4;
}
