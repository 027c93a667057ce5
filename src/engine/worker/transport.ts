/** One end of a line between two threads: node's worker_threads and a browser's Worker look the same from here. */
export interface Transport<Out, In> {
  post(message: Out, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: In) => void): void;
  /** The other side is gone: it crashed, or was ended; with the reason where there is one. */
  onClose(listener: (reason: string) => void): void;
  /** Ends the other side. */
  close(): void;
}

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
