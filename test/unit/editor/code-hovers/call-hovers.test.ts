import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerParameters } from '../../../../src/attention/complexity.ts';
import { drain } from '../../../../src/base/scheduling.ts';
import { findAttention } from '../../../../src/code/find-attention.ts';
import type { Finding } from '../../../../src/code/finding.ts';
import { kerasSizes } from '../../../../src/code/keras-attention.ts';
import { torchParameters } from '../../../../src/code/torch-attention.ts';

const frameworks = path.resolve(import.meta.dirname, '../../../fixtures/frameworks');
const counted = (name: string) => JSON.parse(readFileSync(path.join(frameworks, `${name}.json`), 'utf8')).layers;

/** What is found where the bar stands, or at the first call. */
function find<Kind extends Finding['kind']>(kind: Kind, source: string): Extract<Finding, { kind: Kind }> {
  const found = at(source);
  if (found?.kind !== kind) throw new Error(`found ${found?.kind}, not ${kind}`);
  return found as Extract<Finding, { kind: Kind }>;
}

function at(source: string): Finding | undefined {
  const bar = source.indexOf('¦');
  const text = source.replace('¦', '');
  return drain(findAttention(text, bar < 0 ? text.search(/[Mm]ulti[Hh]ead|scaled_dot/) : bar, false));
}

describe('numbers of the frameworks themselves', () => {
  test.each<{ source: string; parameters: number; keys: number }>(counted('torch'))('$source', (torch) => {
    const found = find('torch-layer', torch.source);
    expect(torchParameters(found)?.total).toBe(torch.parameters);
    expect(7 + Number(found.learnedKey) + Number(found.zeroKey)).toBe(torch.keys);
  });

  test.each<{ source: string; query: number; key: number; value: number; parameters: number; output: number }>(
    counted('keras'),
  )('$source of $query', (keras) => {
    const found = find('keras-layer', keras.source);
    const sizes = kerasSizes(found, keras.query, keras.key, keras.value);
    expect(sizes?.outputWidth).toBe(keras.output);
    expect(sizes && layerParameters(sizes, found.biases).total).toBe(keras.parameters);
  });
});

describe('calls as people write them', () => {
  test('over several lines, with comments, trailing commas and other calls inside', () => {
    const found = find(
      'torch-layer',
      `self.attn = torch.nn.MultiheadAttention(
        embed_dim=512,  # D, not (1024)
        num_heads=8,
        dropout=float("0.1"),
        batch_first=True,
      )`,
    );
    expect(found).toMatchObject({ width: 512, heads: 8, divides: true, batchFirst: true, more: false, unread: [] });
    expect(found.callee).toBe('torch.nn.MultiheadAttention');
    expect(found.sizes).toMatchObject({ headWidth: 64, keyWidth: 512, valueWidth: 512 });
  });

  test('the place is the name and short arguments, not what is computed in them', () => {
    expect(at('nn.Mul¦tiheadAttention(512, 8)')?.kind).toBe('torch-layer');
    expect(at('nn.MultiheadAttention(51¦2, 8)')?.kind).toBe('torch-layer');
    expect(at('nn.MultiheadAttention(embed¦_dim=512, num_heads=8)')?.kind).toBe('torch-layer');
    expect(at('F.scaled_dot_product_attention(self.project(x, a¦nd_more(y)), k, v)')).toBeUndefined();
    expect(at('nn.MultiheadAttention(512, 8)(x¦, x, x)')).toBeUndefined();
    expect(at('x¦ = nn.MultiheadAttention(512, 8)')).toBeUndefined();
  });

  test.each([
    ['a lambda', 'nn.MultiheadAttention(512, 8, lambda a, b=(1, 2): a)'],
    ['an f-string with quotes and brackets', `nn.MultiheadAttention(512, 8, f"{d["a)"]}, {f'{x!r:>{w}}'}")`],
    ['a comprehension', 'nn.MultiheadAttention(512, 8, [a for a, b in ((1, 2),)])'],
    ['a choice', 'nn.MultiheadAttention(512, 8, 0.1 if train else 0)'],
    ['a backslash', 'nn.MultiheadAttention(512, \\\n 8)'],
    ['a triple-quoted text', 'nn.MultiheadAttention(512, 8, """a) \n "b" """)'],
    ['prose around it', "It isn't `nn.MultiheadAttention(512, 8)`—that's (as one says"],
    ['a docstring around it', 'def f():\n  """As nn.MultiheadAttention(512, 8) it\'s\n  """\n  return "'],
    ['a case', 'match x:\n  case {"a": [1, *_]} if y: nn.MultiheadAttention(512, 8)'],
  ])('%s does no harm', (_, source) => {
    expect(find('torch-layer', source)).toMatchObject({ width: 512, heads: 8, more: false, unread: [] });
  });

  test('what is no expression is not read, what stands beside it is', () => {
    const found = find('torch-layer', 'nn.MultiheadAttention(512 dims, 8)');
    expect(found).toMatchObject({ width: undefined, heads: 8, unread: ['embed_dim'] });
  });

  test('sizes that a framework refuses are said, not computed with', () => {
    expect(find('torch-layer', 'nn.MultiheadAttention(512, 7)')).toMatchObject({ divides: false, sizes: undefined });
  });

  test('what is no literal stays unknown, and is named', () => {
    const found = find('torch-layer', 'nn.MultiheadAttention(width, cfg["heads"], bias=flag, **rest)');
    expect(found).toMatchObject({ width: undefined, heads: undefined, sizes: undefined, more: true });
    expect(found.unread).toEqual(['embed_dim', 'num_heads', 'bias']);
    expect(find('torch-layer', 'nn.MultiheadAttention(512, heads)').sizes?.width).toBe(512);
    expect(find('torch-layer', 'nn.MultiheadAttention(512, 8, kdim=k)').sizes).toBeUndefined();
  });

  test('dtype says how large a number is', () => {
    expect(find('torch-layer', 'nn.MultiheadAttention(512, 8, dtype=torch.bfloat16)').numberBytes).toBe(2);
    expect(find('torch-layer', 'nn.MultiheadAttention(512, 8)').numberBytes).toBe(4);
  });

  test.each([
    ['a class of one’s own', 'class MultiheadAttention(nn.Module):\n  pass\nx = MultiheadAttention¦(512, 8)'],
    ['its definition', 'class Multi¦HeadAttention(nn.Module): pass'],
    ['an import', 'from torch.nn import Multihead¦Attention'],
    ['an own multi-head attention beside PyTorch', 'import torch\nx = MultiHead¦Attention(8, 64)'],
    ['that of another library', 'nn.MultiHead¦Attention(num_heads=8, qkv_features=64)'],
    ['a longer name', 'MyMultihead¦Attention(512, 8)'],
    ['a call that is being typed', 'nn.Multihead¦Attention(512, '],
  ])('leaves alone %s', (_, source) => {
    expect(at(source)).toBeUndefined();
  });

  test('Keras by its path, by its import, or by key_dim', () => {
    expect(at('tf.keras.layers.MultiHeadAttention(8, 64)')?.kind).toBe('keras-layer');
    expect(at('from keras.layers import Dense\nx = MultiHeadAttention(¦8, 64)')?.kind).toBe('keras-layer');
    expect(at('MultiHeadAttention(num_heads=8, key_dim=64)')?.kind).toBe('keras-layer');
    expect(find('keras-layer', 'layers.MultiHeadAttention(2, 8, output_shape=shape)').unread).toEqual(['output_shape']);
  });
});

describe('names that stand for literals in the same file', () => {
  const layer = (before: string, call = 'nn.MultiheadAttention(d_model, n_heads)') =>
    find('torch-layer', `${before}\nlayer = ${call}`);

  test.each([
    ['an assignment', 'd_model = 512\nn_heads = 8', { width: 512, heads: 8 }],
    ['with a type', 'd_model: int = 512\nn_heads: Final[int] = 8', { width: 512, heads: 8 }],
    ['several at once', 'B, d_model, n_heads = 32, 512, 8', { width: 512, heads: 8 }],
    ['computed from literals', 'n_heads = 8\nd_model = n_heads * 64', { width: 512, heads: 8 }],
    ['on one line', 'd_model = 512; n_heads = 8', { width: 512, heads: 8 }],
    ['twice the same', 'd_model = 512\nn_heads = 8\nd_model = 512', { width: 512, heads: 8 }],
    ['two values', 'd_model = 512\nd_model = 256\nn_heads = 8', { width: undefined, heads: 8 }],
    ['a choice', 'n_heads = 8\nif big: d_model = 1024\nelse: d_model = 512', { width: undefined, heads: 8 }],
    ['grown later', 'd_model = 512\nd_model *= 2\nn_heads = 8', { width: undefined, heads: 8 }],
    ['a loop', 'd_model = 512\nfor n_heads in (4, 8): pass', { width: 512, heads: undefined }],
    ['an import', 'from config import d_model\nn_heads = 8', { width: undefined, heads: 8 }],
    ['itself', 'd_model = d_model\nn_heads = d_model', { width: undefined, heads: undefined }],
    ['in a string or comment', '# d_model = 512\n"""\nd_model = 512\n"""\nn_heads = 8', { width: undefined, heads: 8 }],
    [
      'in an f-string',
      'd_model = 512\nx = f"{n_heads = } d_model = 256 {f("d_model = 1")}"\nn_heads = 8',
      { width: 512, heads: 8 },
    ],
    [
      'a comprehension elsewhere',
      'd_model = 512\nx = [d_model for d_model in y]\nn_heads = 8',
      { width: 512, heads: 8 },
    ],
    ['in a comprehension with :=', 'd_model = 512\nx = [(n_heads := i) for i in y]\nn_heads = 8', { heads: undefined }],
    ['a lambda elsewhere', 'd_model = 512\nx = lambda d_model, n_heads=4: 1\nn_heads = 8', { width: 512, heads: 8 }],
    ['a pattern', 'd_model = 512\nn_heads = 8\nmatch x:\n  case {"d": d_model}: pass', { width: undefined, heads: 8 }],
    [
      'a case',
      'n_heads = 8\nmatch x:\n  case 1: d_model = 512\n  case _: d_model = 256',
      { width: undefined, heads: 8 },
    ],
    ['targets in brackets', 'd_model = 512\n(d_model, n_heads) = sizes', { width: undefined, heads: undefined }],
    ['a keyword argument elsewhere', 'train(d_model=512)\nn_heads = 8', { width: undefined, heads: 8 }],
  ])('%s', (_, before, expected) => {
    expect(layer(before)).toMatchObject(expected);
  });

  test.each([
    [
      'a comprehension',
      '[nn.MultiheadAttention(d_model, n_heads) for n_heads in (4, 8)]',
      { width: 512, heads: undefined },
    ],
    ['a lambda', 'lambda d_model, n_heads=4: nn.MultiheadAttention(d_model, n_heads)', { width: undefined, heads: 4 }],
    ['an f-string', 'f"{nn.MultiheadAttention(d_model, n_heads)}"', { width: 512, heads: 8 }],
  ])('within %s its own names count', (_, call, expected) => {
    expect(layer('d_model = 512\nn_heads = 8', call)).toMatchObject(expected);
  });

  test('in Markdown and beside a half-written call', () => {
    const notes = "The model’s width isn't (as one says\n\n```python\nd_model = 512\nn_heads = 8";
    expect(layer(notes)).toMatchObject({ width: 512, heads: 8 });
    expect(layer('d_model = 512\nn_heads = 8').heads).toBe(8);
    expect(find('torch-layer', 'd_model = 512\nx = nn.MultiheadAttention(d_model, 8)\ny = f(1,').width).toBe(512);
  });

  test('says where each value stands', () => {
    expect(layer('import torch\n\nd_model = 512\nn_heads = 8').resolved).toEqual([
      { name: 'd_model', value: 512, line: 3, isDefault: false },
      { name: 'n_heads', value: 8, line: 4, isDefault: false },
    ]);
  });

  test('a parameter hides the file’s name; its default counts as a default', () => {
    const method = (parameters: string) =>
      find(
        'torch-layer',
        `d_model = 512
class Block(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        self.attn = nn.MultiheadAttention(d_model, n_heads)

def other(d_model):
    pass
`,
      );
    expect(method('d_model, n_heads=8')).toMatchObject({ width: undefined, heads: 8 });
    expect(method('n_heads: int = 8').width).toBe(512);
    expect(method('d_model=256, n_heads=8').resolved[0]).toEqual({
      name: 'd_model',
      value: 256,
      line: 3,
      isDefault: true,
    });
  });

  test('attributes count wherever they are set', () => {
    const call = 'nn.MultiheadAttention(self.dim, 8)';
    expect(layer('class A:\n  def a(self):\n    self.dim = 64', call).width).toBe(64);
    expect(layer('class A:\n  def a(self, dim):\n    self.dim = dim', call).width).toBeUndefined();
  });
});

describe('scaled_dot_product_attention', () => {
  const call = 'out = F.scaled_dot_product_attention(q, k, v, is_causal=True)';

  test('reads sizes of tensors that the file makes', () => {
    const found = find(
      'torch-function',
      `B, H, T = 2, 8, 128
q = torch.randn(B, H, T, 64, device="cuda", dtype=torch.float16)
k = torch.rand((B, H, 96, 64)).to("cuda").half()
v = torch.zeros(size=(B, H, 96, 32))
${call}`,
    );
    expect(found).toMatchObject({
      query: [2, 8, 128, 64],
      key: [2, 8, 96, 64],
      value: [2, 8, 96, 32],
      causal: true,
      masked: false,
      scale: 'default',
      numberBytes: 2,
    });
  });

  test.each([
    ['comes from elsewhere', 'q = project(x)'],
    ['is turned round', 'q = torch.randn(2, 128, 8, 64).transpose(1, 2)'],
    ['is made twice', 'q = torch.randn(2, 8, 128, 64)\nq = torch.randn(2, 8, 256, 64)'],
    ['is of sizes not known', 'q = torch.randn(n, 8, 128, 64)'],
  ])('a tensor that %s has no sizes here', (_, before) => {
    expect(find('torch-function', `${before}\n${call}`).query).toBeUndefined();
  });

  test('reads mask, scale and groups', () => {
    const given = 'F.scaled_dot_product_attention(q, k, v, mask, 0.0, scale=0.125, enable_gqa=True)';
    expect(find('torch-function', given)).toMatchObject({ masked: true, scale: 0.125, grouped: true, causal: false });
    expect(find('torch-function', 'F.scaled_dot_product_attention(q, k, v, attn_mask=None, scale=s)')).toMatchObject({
      masked: false,
      scale: undefined,
    });
  });
});

describe('hostile and broken sources', () => {
  const name = 'nn.MultiheadAttention';
  test.each([
    ['brackets', `${name}${'('.repeat(200_000)}`],
    ['names', `${name}(`.repeat(20_000)],
    ['quotes', `${'"'.repeat(99_999)}\n${name}(a, a)`],
    ['arguments', `${name}(${'a,'.repeat(100_000)})`],
    ['dots', `${'a.'.repeat(100_000)}MultiheadAttention(a, b)`],
    ['names that need each other', `${chain(3000)}\n${name}(a0, b0)`],
    ['bindings', `${'a = 1\n'.repeat(50_000)}${name}(a, a)`],
    ['indents', `${Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}def f(a):`).join('\n')}\n${name}(a, a)`],
    ['signs', `${name}(${'-'.repeat(50_000)}1, 8)`],
    ['powers', `${name}(${'9**'.repeat(19)}9, 8)`],
  ])('%s are read to their end', (_, source) => {
    const found = drain(findAttention(source, source.lastIndexOf('MultiheadAttention') + 3, false));
    expect(found?.kind === 'torch-layer' ? found.sizes : undefined).toBeUndefined();
  });

  function chain(length: number): string {
    const all = (i: number) => Array.from({ length: 10 }, (_, j) => `a${i + j + 1}*b${i + j + 1}`).join('+');
    return Array.from({ length }, (_, i) => `a${i} = ${all(i)}\nb${i} = ${all(i)}`).join('\n');
  }
});
