// A package index on this computer that serves one file, cuts connections when told, and remembers what was asked.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PinnedWheel } from '#trainer/tensorflow/install/pins';

export class TinyIndex {
  /** Range header of each request for the file ('' without one), in order. */
  readonly asked: string[] = [];
  /** Cut the connection after so many bytes of an answer; each answer takes the next number. */
  cuts: number[] = [];
  /** Send one block and then nothing, until the client leaves. */
  stall = false;
  ranges = true;
  private constructor(
    private readonly server: Server,
    private readonly wheel: PinnedWheel,
    private readonly bytes: Buffer,
  ) {}

  static async start(wheel: PinnedWheel, bytes: Buffer): Promise<TinyIndex> {
    const server = createServer((request, response) => index.answer(request, response));
    const index = new TinyIndex(server, wheel, bytes);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return index;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What PIP_INDEX_URL would hold. */
  get simple(): string {
    return `${this.root}/simple/`;
  }

  get fileUrl(): URL {
    return new URL(`${this.root}/files/${this.wheel.file}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === `/simple/${this.wheel.project}/`) {
      response.setHeader('content-type', 'text/html');
      response.end(`<html><body><a href="../../old/${this.wheel.file}#sha256=0">${this.wheel.file}</a></body></html>`);
    } else if (request.url?.startsWith('/old/')) {
      response.writeHead(302, { location: `/files/${this.wheel.file}` }).end();
    } else if (request.url === `/files/${this.wheel.file}`) {
      this.sendFile(request.headers.range ?? '', response);
    } else {
      response.writeHead(404).end();
    }
  }

  private sendFile(range: string, response: ServerResponse): void {
    this.asked.push(range);
    const from = this.ranges ? Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0) : 0;
    const rest = this.bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${this.bytes.length - 1}/${this.bytes.length}` } : {}),
    });
    const cut = this.cuts.shift();
    if (this.stall) response.write(rest.subarray(0, 20_000));
    else if (cut !== undefined) response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
    else response.end(rest);
  }
}
