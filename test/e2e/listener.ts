// A server on the loopback address that nobody should ever reach: it counts whoever connects.
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';

export interface Listener {
  /** "127.0.0.1:43211" */
  host: string;
  connections(): number;
}

/** Counting is proved with one connection of its own, which is not in `connections`. */
export async function listenForAnybody(): Promise<Listener> {
  let count = 0;
  const server = createServer((_request, response) => response.setHeader('Access-Control-Allow-Origin', '*').end('reached'));
  server.on('connection', () => count++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise((resolve, reject) => get(`http://${host}/`, (response) => response.resume().on('end', resolve)).on('error', reject));
  expect(count).toBe(1);
  return { host, connections: () => count - 1 };
}
