import { describe, expect, it } from 'vitest';
import type { DrawRequest } from '../../../../src/contract/picture-request.ts';
import { PageRequests } from '../../../../src/editor/panel/page-requests.ts';
import type { HostMessage } from '../../../../src/messages/host-messages.ts';
import type { WebviewMessage } from '../../../../src/messages/webview-messages.ts';

const REQUEST: DrawRequest = { as: 'svg', colors: 'seen', scale: 1, names: [] };

/** A panel whose page says and hears what the test wants. */
function fakePanel() {
  const received: ((message: WebviewMessage) => void)[] = [];
  const closed: (() => void)[] = [];
  const posted: (HostMessage & { type: 'draw' })[] = [];
  const forgotten: string[] = [];
  const event =
    <T>(list: ((value: T) => void)[]) =>
    (listener: (value: T) => void) => {
      list.push(listener);
      return { dispose: () => undefined };
    };
  return {
    panel: {
      onDidReceive: event(received),
      onDidClose: event<void>(closed),
      post: (message: HostMessage) => void posted.push(message as (typeof posted)[number]),
      forget: (type: string) => void forgotten.push(type),
    },
    posted,
    forgotten,
    say(message: WebviewMessage) {
      for (const listener of received) listener(message);
    },
    close() {
      for (const listener of closed) listener();
    },
  };
}

describe('what the host asks of a page', () => {
  it('is answered by its own id, whatever else comes', async () => {
    const { panel, posted, say, forgotten } = fakePanel();
    const requests = new PageRequests(panel);
    const [first, second] = [requests.ask(REQUEST), requests.ask({ ...REQUEST, as: 'clipboard' })];
    expect(posted.map(({ as }) => as)).toEqual(['svg', 'clipboard']);
    say({ type: 'drawn', id: 'somebody else’s', result: { as: 'clipboard' } });
    say({ type: 'drawn', id: posted[1].id, result: { as: 'clipboard' } });
    say({ type: 'drawn', id: posted[0].id, result: { as: 'svg', svg: '<svg/>' } });
    expect(await second).toEqual({ as: 'clipboard' });
    expect(await first).toEqual({ as: 'svg', svg: '<svg/>' });
    expect(new Set(forgotten)).toEqual(new Set(['draw']));
  });

  it('is asked again of a page that comes anew, and no more once it was answered', async () => {
    const { panel, posted, say } = fakePanel();
    const asked = new PageRequests(panel).ask(REQUEST);
    say({ type: 'ready' });
    say({ type: 'painted', runId: 'a' });
    expect(posted).toHaveLength(3);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    say({ type: 'drawn', id: posted[0].id, result: { as: 'svg', svg: '' } });
    await asked;
    say({ type: 'painted', runId: 'b' });
    expect(posted).toHaveLength(3);
  });

  it('fails when the panel is closed', async () => {
    const { panel, close } = fakePanel();
    const asked = new PageRequests(panel).ask(REQUEST);
    close();
    await expect(asked).rejects.toMatchObject({ code: 'export-picture' });
  });
});
