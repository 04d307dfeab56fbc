// One file by HTTPS into <file>.part, continued where a cut connection or an earlier start left it.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError } from '#shared/failure';
import { request } from './request';

/** Connections in a row that may bring nothing before we give up. */
const MOST_FAILURES = 4;

interface DownloadOptions {
  /** Size the finished file must have. */
  bytes: number;
  signal: AbortSignal;
  onBytes(done: number): void;
}

export async function download(url: URL, file: string, options: DownloadOptions): Promise<void> {
  const part = `${file}.part`;
  for (let failures = 0; ;) {
    const before = await sizeOf(part);
    if (before === options.bytes) break;
    let reason = 'the connection was cut';
    try {
      await continueDownload(url, part, before, options);
    } catch (error) {
      options.signal.throwIfAborted();
      // A full disk or a refusal of the server does not get better by asking again.
      if (error instanceof FailureError || isDiskError(error)) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
    if ((await sizeOf(part)) > before) failures = 0;
    else if (++failures >= MOST_FAILURES) {
      const problem = `The download from ${url.host} stopped (${reason}). What has arrived is kept: install again to go on from there.`;
      throw new FailureError({ kind: 'engine-install', problem });
    }
    if (failures > 0) await sleep(250 * 2 ** failures, undefined, { signal: options.signal });
  }
  await rename(part, file);
}

async function continueDownload(url: URL, part: string, from: number, { bytes, signal, onBytes }: DownloadOptions): Promise<void> {
  const answer = await request(url, from > 0 && from < bytes ? { range: `bytes=${from}-` } : {}, signal);
  const start = await startOf(answer, url, from);
  let done = start;
  const out = createWriteStream(part, { flags: start > 0 ? 'a' : 'w' });
  // A full disk is noticed while the next bytes are awaited, too: there nobody else listens.
  out.on('error', (error) => answer.destroy(error));
  try {
    await once(out, 'open');
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      done += chunk.length;
      if (done > bytes) {
        await rm(part, { force: true });
        throw new FailureError({
          kind: 'engine-install',
          problem: `${url.host} sent more than the ${bytes} bytes that were expected. Nothing was installed; try again, or check the index in your pip settings.`,
        });
      }
      if (!out.write(chunk)) await once(out, 'drain');
      onBytes(done);
    }
  } finally {
    answer.destroy();
    if (!out.destroyed) {
      out.end();
      await once(out, 'close');
    }
  }
}

/** The offset at which the answer's bytes belong: where we asked, or 0 from a server that sends the whole file again. */
async function startOf(answer: IncomingMessage, url: URL, from: number): Promise<number> {
  const range = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '');
  if (answer.statusCode === 206 && range && Number(range[1]) === from) return from;
  if (answer.statusCode === 200) return 0;
  answer.destroy();
  throw new FailureError({
    kind: 'engine-install',
    problem: `${url.host} answered ${answer.statusCode} to the download. Try again later, or check the index in your pip settings.`,
  });
}

const isDiskError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS'].includes(String(error.code));

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
