import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../src/contract/run.ts';
import { Cancellation } from '../../../src/engine/worker/worker-loop.ts';
import { run } from '../../../src/run/run-pair.ts';
import { smallModel } from './small-model.ts';

const explore = (request: Partial<RunRequest>, model = smallModel()) =>
  run(
    model,
    { folder: '/small', source: 'we like eating', ...request },
    () => undefined,
    async () => undefined,
  );

describe('run', () => {
  it('lets the model write the target when there is none', async () => {
    const { summary } = await explore({});
    expect(summary).toMatchObject({ target: 'w11 w12', generated: true });
    expect(summary.targetTokens.at(-1)).toMatchObject({ text: '</s>', special: true });
  });

  it('feeds the decoder the start token and the target without its end', async () => {
    const { summary, pass } = await explore({ target: 'ab cdef g' });
    expect(summary.generated).toBe(false);
    expect(summary.decoderInput.map(({ text }) => text)).toEqual(['<pad>', 'ab', 'cd', 'ef', 'g']);
    expect(pass.decoderOutput.rows).toBe(summary.targetTokens.length);
    expect(summary.logProbability).toBeLessThan(0);
  });

  it('takes the direction from the texts, unless told', async () => {
    expect((await explore({ source: '我喜欢', target: 'I like' })).summary.direction).toBe('>>eng<<');
    expect((await explore({ target: '我喜欢' })).summary.direction).toBe('>>cmn<<');
    expect((await explore({ direction: '>>eng<<' })).summary.sourceTokens[0].text).toBe('>>eng<<');
  });

  it('refuses a text that is too long before the model is asked anything, and says how long it is', async () => {
    const model = {
      ...smallModel(),
      forward: () => expect.unreachable('forward'),
      generate: () => expect.unreachable('generate'),
    };
    const source = explore({ source: 'a '.repeat(4998) }, model as never);
    await expect(source).rejects.toMatchObject({
      code: 'text-too-long',
      params: { tokens: 5000, max: 40, side: { template: 'source' } },
    });
    const target = explore({ target: 'a '.repeat(60) }, model as never);
    await expect(target).rejects.toMatchObject({
      code: 'text-too-long',
      params: { tokens: 61, max: 40, side: { template: 'target' } },
    });
  });

  it('cuts both sides to the positions when asked, tag and end kept', async () => {
    const { summary, pass } = await explore({ source: 'a '.repeat(500), target: '你 '.repeat(500), cut: true });
    expect(summary.sourceTokens).toHaveLength(40);
    expect(summary.sourceTokens[0].text).toBe('>>cmn<<');
    expect(summary.sourceTokens.at(-1)?.text).toBe('</s>');
    expect(summary.targetTokens).toHaveLength(40);
    expect(pass.cross[0].q.rows).toBe(40);
  });

  it('does not read a whole book to say that it is too long', async () => {
    const model = smallModel();
    let read = 0;
    const tokenizer = {
      ...model.tokenizer!,
      encode: (text: string) => {
        read = Math.max(read, text.length);
        return model.tokenizer!.encode(text);
      },
    };
    const book = explore({ source: 'a 😀'.repeat(100_000) }, { ...model, tokenizer });
    await expect(book).rejects.toMatchObject({
      code: 'text-too-long',
      message: expect.stringContaining('more than'),
    });
    expect(read).toBeLessThanOrEqual(100_000);
  });

  it.each([{ source: ' \n\t' }, { target: '\u3000 ' }])('refuses white space: %j', async (request) => {
    await expect(explore(request)).rejects.toMatchObject({ code: 'text-empty' });
  });

  it('says that a folder without tokenizer reads no text', async () => {
    const model = { ...smallModel(), tokenizer: undefined };
    await expect(explore({}, model)).rejects.toMatchObject({ code: 'tokenizer-file' });
  });
});

describe('Cancellation', () => {
  it('sees a shared flag without any message getting in', () => {
    const flag = new SharedArrayBuffer(4);
    const cancellation = new Cancellation(flag);
    cancellation.check();
    Atomics.store(new Int32Array(flag), 0, 1);
    expect(() => cancellation.check()).toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('lets a message in when no memory is shared', async () => {
    const cancellation = new Cancellation();
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => cancellation.cancel();
    port1.postMessage('cancel');
    const computeUntilCancelled = async () => {
      for (const end = performance.now() + 10_000; performance.now() < end; ) await cancellation.checkpoint();
    };
    await expect(computeUntilCancelled()).rejects.toMatchObject({ name: 'AbortError' });
    port1.close();
  });
});
