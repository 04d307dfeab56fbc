// Speaks Chromium's debugging protocol over two pipes: nothing has to be found, and no page is attached to before it is there.
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** The switch that opens it; the pipes are the child's third and fourth. */
export const DEBUG_SWITCH = '--remote-debugging-pipe';

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

export class DebugPipe {
  #said = '';
  #id = 0;
  #ended = false;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Set<(method: string, params: unknown) => void>();

  constructor(private readonly child: ChildProcess) {
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => this.#read(text));
    // Whoever asks an app that has gone is told by its exit.
    (child.stdio[3] as Writable).on('error', () => {});
    child.on('exit', () => this.#end());
  }

  ask<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    if (this.#ended) return Promise.reject(new Error(`The app has ended before ${method}.`));
    const id = ++this.#id;
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject }));
  }

  on(listener: (method: string, params: unknown) => void): void {
    this.#listeners.add(listener);
  }

  #read(text: string): void {
    const parts = (this.#said + text).split('\0');
    this.#said = parts.pop()!;
    for (const part of parts) this.#hear(JSON.parse(part) as Message);
  }

  #hear({ id, method, params, result, error }: Message): void {
    if (method !== undefined) for (const listener of this.#listeners) listener(method, params);
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  #end(): void {
    this.#ended = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('The app has ended.'));
    this.#waiting.clear();
  }
}
