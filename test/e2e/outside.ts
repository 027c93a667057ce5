import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Updates, sign-in and autofill of the browser itself, which no page can cause or prevent. */
const BROWSER = /^(?:https?:\/\/)?[\w.-]+\.(?:google|googleapis|gstatic|gvt1)\.com[:/]/;

/** A proxy that lets nothing through and keeps what it was asked for: whoever in the browser asks, workers too. */
export async function outside(): Promise<{ readonly proxy: string; readonly asked: string[]; close(): void }> {
  const asked: string[] = [];
  const keep = (address = '') => {
    if (!BROWSER.test(address)) asked.push(address);
  };
  const server = http.createServer((request, response) => {
    keep(request.url);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    keep(request.url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { proxy: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}
