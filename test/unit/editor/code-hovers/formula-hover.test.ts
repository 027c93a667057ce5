import { describe, expect, test } from 'vitest';
import { formulaAt } from '../../../../src/code/formula.ts';

/** Where the bar stands is where the pointer rests. */
function at(marked: string) {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const found = formulaAt(text, offset < 0 ? text.indexOf('softmax') + 1 : offset);
  return found && { ...found, text: text.slice(found.span.start, found.span.end) };
}

const WHOLE = { scaled: true, applied: true, masked: false };

describe('the formula in every spelling', () => {
  test.each([
    'softmax(QK^T/√d_k)V',
    'softmax(Q·Kᵀ/√dₖ)·V',
    'softmax(QKᵀ / √dₖ) V',
    'softmax(Q K^T / sqrt(d_k)) V',
    'softmax(QKT/sqrt(dk))V',
    'softmax(QK⊤/√d) × V',
    'Softmax(QK^T / sqrt(64)) * V',
    '\\mathrm{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V',
    '\\mathrm{softmax}\\!\\left( \\frac{Q K^{\\top}}{\\sqrt{d_k}} \\right) V',
    '\\operatorname{softmax}\\left(\\frac{\\mathbf{Q}\\mathbf{K}^{\\mathsf{T}}}{\\sqrt{d_k}}\\right)\\mathbf{V}',
    '\\text{softmax}\\Big(\\dfrac{Q_i K_i^T}{\\sqrt{d_{\\text{head}}}}\\Big) V_i',
    '\\softmax\\left(Q K^T / \\sqrt{d_k}\\right) \\cdot V',
    'softmax(Q @ K.T / sqrt(d_k)) @ V',
    'np.softmax(q @ k.T / np.sqrt(d_k), axis=-1) @ v',
    'F.softmax(q @ k.transpose(-2, -1) / math.sqrt(d_k), dim=-1) @ v',
    'torch.softmax(torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(query.size(-1)), dim=-1) @ value',
    'torch.nn.functional.softmax(q @ k.mT * d_k**-0.5, dim=-1) @ v',
    'jax.nn.softmax(q @ k.swapaxes(-1, -2) * self.scale) @ v',
    'tf.nn.softmax(tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(dk), axis=-1) @ v',
    'softmax(\n  Q K^T /\n  \\sqrt{d_k}\n) V',
    'softmax((q @ k.T) * (1 / sqrt(d))) @ v',
    'softmax(query_states @ key_states.transpose(2, 3) * self.scaling, dim=-1) @ value_states',
  ])('%s', (spelling) => {
    expect(at(spelling)).toMatchObject({ ...WHOLE, text: spelling });
  });

  test('in a sentence, a TeX display or a line of code, the whole formula is the place', () => {
    const display = String.raw`$$ \mathrm{Attention}(Q,K,V) = \mathrm{softmax}\left(\frac{Q¦K^\top}{\sqrt{d_k}}\right)V \tag{1} $$`;
    expect(at(display)?.text).toBe(String.raw`\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V`);
    expect(at('Attention is softmax(QK^T/√d_k)¦V, as we saw.')?.text).toBe('softmax(QK^T/√d_k)V');
    expect(at('    return F.soft¦max(q @ k.T / sqrt(d), dim=-1) @ v  # done')?.text).toBe(
      'F.softmax(q @ k.T / sqrt(d), dim=-1) @ v',
    );
    expect(at('softmax(QK^T/√d_k)V and ¦then nothing')).toBeUndefined();
    expect(at('b¦efore softmax(QK^T/√d_k)V')).toBeUndefined();
  });

  test('says what is missing, and what is added', () => {
    expect(at('softmax(QK^T)V')).toMatchObject({ scaled: false, applied: true });
    expect(at('attn = softmax(q @ k.T / sqrt(d))')).toMatchObject({ scaled: true, applied: false });
    expect(at('softmax(QK^T/√d_k + M)V')).toMatchObject({ ...WHOLE, masked: true });
    expect(at('softmax((QK^T + B)/√d_k)V')).toMatchObject({ ...WHOLE, masked: true });
  });

  test('takes the number under the root, or what a name stands for', () => {
    expect(at(String.raw`softmax(QK^T/\sqrt{64})V`)?.headWidth).toBe(64);
    expect(at('softmax(q @ k.T / 64**0.5) @ v')?.headWidth).toBe(64);
    expect(at('softmax(QK^T/√d_k)V')?.headWidth).toBeUndefined();
    const resolve = (name: string) => (name === 'd_k' ? 32 : undefined);
    expect(formulaAt('softmax(QK^T/√d_k)V', 3, resolve)?.headWidth).toBe(32);
  });

  test.each([
    'softmax turns scores into weights',
    'softmax(x)',
    'softmax(logits, dim=-1)',
    'softmax(W x + b)',
    'softmax(QK)V',
    'softmax(K^T Q',
    'softmax',
    'softmax()',
    'log_softmax(q @ k.T) @ v',
    'softmax(QK^T / )V',
  ])('leaves alone what is something else: %s', (text) => {
    expect(at(text)).toBeUndefined();
  });

  test.each([
    ['brackets', `softmax${'('.repeat(200_000)}`],
    ['fractions', `softmax(${'\\frac'.repeat(100_000)}`],
    ['roots', `softmax(${'√'.repeat(100_000)}`],
    ['braces', `softmax${'}'.repeat(100_000)}`],
    ['words', 'softmax'.repeat(50_000)],
    ['dots', `softmax(${'a.'.repeat(100_000)}`],
    ['dress', `${'\\mathrm{'.repeat(50_000)}softmax(x)V`],
    ['lines', `softmax(${'\n'.repeat(200_000)}`],
    ['powers', `softmax(q${'^T'.repeat(100_000)}`],
  ])('is done with hostile %s at once', (_, text) => {
    const places = [0, 3, text.indexOf('softmax') + 8, Math.floor(text.length / 2), text.length];
    for (const offset of places) expect(formulaAt(text, offset)).toBeUndefined();
  });
});
