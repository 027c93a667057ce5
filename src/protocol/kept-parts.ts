type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside: a part is named that never came. */
class Missing extends Error {}

/**
 * The parts of messages that a page has been sent (SentParts), put back where a message only names them. What comes
 * out of the same slot twice is the same object: who has drawn it once need not look at it again.
 */
export class KeptParts {
  private readonly parts = new Map<string, unknown>();

  /** @returns the whole message; undefined when it names a part that this page does not have */
  unpack(data: unknown): unknown {
    try {
      return this.message(data);
    } catch (error) {
      if (error instanceof Missing) return undefined;
      throw error;
    }
  }

  private message(data: unknown): unknown {
    if (!isFields(data)) return data;
    if (data.type === 'state') return { ...data, state: this.state(data.state) };
    if (data.type === 'view') return { ...data, view: this.view(data.view) };
    if (data.type !== 'compare') return data;
    const side = (one: unknown) =>
      isFields(one) ? { ...one, state: this.state(one.state), view: this.view(one.view) } : one;
    return { ...data, left: side(data.left), right: side(data.right) };
  }

  private state(state: unknown): unknown {
    return isFields(state) ? { ...state, run: this.part(state.run) } : state;
  }

  private view(view: unknown): unknown {
    if (!isFields(view)) return view;
    const whole: Record<string, unknown> = { ...view };
    // Values may be the same as scores or weights: these come first.
    for (const name of ['rows', 'cols', 'scores', 'weights', 'values', 'before', 'headWeights', 'overview'])
      if (name in whole) whole[name] = this.part(whole[name]);
    if ('step' in whole) whole.step = this.part(whole.step, (step) => this.step(step));
    return whole;
  }

  private step(step: unknown): unknown {
    if (!isFields(step)) return step;
    const { weights, context } = step;
    const values = this.part(step.values);
    return {
      ...step,
      keyTokens: this.part(step.keyTokens),
      keys: this.part(step.keys),
      values,
      contributions: step.contributions ?? contributionsOf(values, weights, context),
    };
  }

  /** @param whole puts the parts of a part back, before it is kept */
  private part(value: unknown, whole: (value: unknown) => unknown = (same) => same): unknown {
    if (!isFields(value)) return value;
    if (typeof value.$keep === 'string') {
      const part = whole(value.value);
      this.parts.set(value.$keep, part);
      return part;
    }
    if (typeof value.$kept !== 'string') return whole(value);
    if (!this.parts.has(value.$kept)) throw new Missing();
    return this.parts.get(value.$kept);
  }
}

/** weight × value, as the host has them: [S·dᵥ]. */
function contributionsOf(values: unknown, weights: unknown, context: unknown): unknown {
  if (!isFloats(values) || !isFloats(weights) || !isFloats(context)) return undefined;
  const width = Math.max(1, context.length);
  return values.map((value, i) => value * weights[Math.floor(i / width)]!);
}

const isFloats = (value: unknown): value is Float32Array => value instanceof Float32Array;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Array.isArray(value);
}
