import type { Transport } from './worker/transport.ts';

/** What node's MessagePort, a browser's MessagePort and a web worker's own scope have in common. */
export interface PortLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}

/** A transport over a message port. */
export function portTransport<Out, In>(port: PortLike): Transport<Out, In> {
  return {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(event.data as In));
      port.start?.();
    },
    onClose: (listener) => port.addEventListener('close', () => listener('its port was closed')),
    close: () => port.close?.(),
  };
}
