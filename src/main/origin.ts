// What counts as ours: the one origin the window may load, ask and be asked from.
export const SCHEME = 'app';
export const HOST = 'overbatch';
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

/** `developmentUrl`: the address of the development server, never set in the packaged app. */
export function isOurPage(url: string, developmentUrl?: string): boolean {
  const parsed = parse(url);
  if (!parsed) return false;
  if (parsed.protocol === `${SCHEME}:`) return parsed.host === HOST;
  return developmentUrl !== undefined && parsed.origin !== 'null' && parsed.origin === parse(developmentUrl)?.origin;
}

/** May this request leave? data: and blob: never do; the development tools and server only exist in development. */
export function isAllowedRequest(url: string, developmentUrl?: string): boolean {
  if (isOurPage(url, developmentUrl)) return true;
  const parsed = parse(url);
  if (!parsed) return false;
  if (parsed.protocol === 'data:' || parsed.protocol === 'blob:') return true;
  if (developmentUrl === undefined) return false;
  return parsed.protocol === 'devtools:' || (parsed.protocol === 'ws:' && parsed.host === parse(developmentUrl)?.host);
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
