/** One end of a line between two threads: node's worker_threads and a browser's Worker look the same from here. */
export interface Transport<Out, In> {
  post(message: Out, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: In) => void): void;
  /** The other side is gone: it crashed, or was ended; with the reason where there is one. */
  onClose(listener: (reason: string) => void): void;
  /** Ends the other side. */
  close(): void;
}
