// Serves the built page as app://overbatch/…: no file://, one origin, the policy on every answer.
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SCHEME } from './origin';
import { pageFile, pageHeaders, REFUSED_HEADERS } from './page-file';

/** Before the app is ready. */
export function claimScheme(): void {
  // The compiled page is kept for the next start; an Electron before 28 does not know how.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** `root`: the built page's folder. */
export function servePage(root: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(root, request.url) : undefined;
    if (!file) return notHere();
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: pageHeaders(file) });
    } catch {
      return notHere();
    }
  });
}

const notHere = () => new Response('Not here.', { status: 404, headers: REFUSED_HEADERS });
