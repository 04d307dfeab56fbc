// Where wheels come from: the index pip is configured for, or the public one; and where on it one pinned file lies.
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FailureError } from '#shared/failure';
import type { PinnedWheel } from './pins';
import { request } from './request';

/** pip's own default. */
const PUBLIC_INDEX = 'https://pypi.org/simple/';
const SIMPLE_JSON = 'application/vnd.pypi.simple.v1+json';

/** Indexes in the order to ask them: PIP_INDEX_URL, pip.conf, the public one; then the extra ones. */
export function configuredIndexes(): string[] {
  const own = process.env.PIP_INDEX_URL ?? pipSetting('index-url') ?? PUBLIC_INDEX;
  const extra = process.env.PIP_EXTRA_INDEX_URL ?? pipSetting('extra-index-url') ?? '';
  return [own, ...extra.split(/\s+/)].filter((url) => /^https?:/.test(url));
}

/** A setting of [global] or [download] in pip's files; the later file wins, as in pip. */
function pipSetting(name: string): string | undefined {
  const { PIP_CONFIG_FILE, XDG_CONFIG_HOME, XDG_CONFIG_DIRS } = process.env;
  const files = [
    ...(XDG_CONFIG_DIRS ?? '/etc/xdg').split(':').map((folder) => join(folder, 'pip', 'pip.conf')),
    '/etc/pip.conf',
    join(homedir(), '.pip', 'pip.conf'),
    join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'pip', 'pip.conf'),
    ...(PIP_CONFIG_FILE ? [PIP_CONFIG_FILE] : []),
  ];
  let value: string | undefined;
  for (const file of files) if (existsSync(file)) value = readSetting(readFileSync(file, 'utf8'), name) ?? value;
  return value;
}

/** The value of `name` in an ini text; indented lines continue it. */
export function readSetting(text: string, name: string): string | undefined {
  let section = '';
  let value: string | undefined;
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[(.+)\]\s*$/.exec(line);
    const pair = /^([A-Za-z0-9_-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header) section = header[1];
    if (isOpen && /^\s+[^\s#;]/.test(line)) value = `${value} ${line.trim()}`.trim();
    else isOpen = false;
    if (pair && ['global', 'download'].includes(section) && pair[1].replace(/_/g, '-') === name) {
      value = pair[2].trim();
      isOpen = true;
    }
  }
  return value;
}

/** The address of a pinned file on the first index that has it. */
export async function findWheel(wheel: PinnedWheel, signal: AbortSignal): Promise<URL> {
  const problems: string[] = [];
  for (const index of configuredIndexes()) {
    const page = new URL(`${wheel.project}/`, index.endsWith('/') ? index : `${index}/`);
    try {
      const answer = await request(page, { accept: `${SIMPLE_JSON}, text/html;q=0.5` }, signal);
      if (answer.statusCode !== 200) {
        answer.destroy();
        problems.push(`${page.host} answered ${answer.statusCode}`);
        continue;
      }
      const link = findLink(await readText(answer), wheel.file);
      if (link) return withCredentials(new URL(link, page), page);
      problems.push(`${page.host} does not have ${wheel.file}`);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FailureError) throw error;
      problems.push(`${page.host} could not be reached (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new FailureError({
    kind: 'engine-install',
    problem: `${wheel.project} ${wheel.version} could not be found: ${problems.join('; ') || 'no package index is configured'}. Check the connection and the index in your pip settings, then try again.`,
  });
}

/** The link to a file on a project's page, which is JSON (PEP 691) or HTML (PEP 503). */
export function findLink(page: string, file: string): string | undefined {
  if (page.trimStart().startsWith('{')) {
    const { files } = JSON.parse(page) as { files: { filename: string; url: string }[] };
    return files.find((entry) => entry.filename === file)?.url;
  }
  for (const [, href, text] of page.matchAll(/<a\s[^>]*?href="([^"]+)"[^>]*>\s*([^<]*?)\s*<\/a>/gi)) {
    if (text === file) return href.replace(/&amp;/g, '&');
  }
  return undefined;
}

/** A password in the index' address is for that host alone. */
function withCredentials(url: URL, page: URL): URL {
  if (url.host === page.host && url.protocol === page.protocol && !url.username) {
    url.username = page.username;
    url.password = page.password;
  }
  return url;
}

async function readText(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const part of answer) text += part;
  return text;
}
