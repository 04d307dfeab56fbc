// One GET over HTTPS with redirects followed and the certificates the user's environment names. Plain HTTP only to this computer itself.
import { readFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { get as httpsGet } from 'node:https';
import { rootCertificates } from 'node:tls';
import { FailureError } from '#shared/failure';

const MOST_REDIRECTS = 5;
/** Without a byte for so long a connection counts as cut. */
const SILENCE_MS = 30_000;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** The variables pip, curl and OpenSSL read; Node adds NODE_EXTRA_CA_CERTS by itself only while `ca` is not given. */
const CERTIFICATE_VARIABLES = ['PIP_CERT', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'];

let certificates: string[] | undefined;

function trusted(): string[] {
  certificates ??= [...rootCertificates, ...CERTIFICATE_VARIABLES.flatMap((name) => readCertificate(process.env[name]))];
  return certificates;
}

function readCertificate(file: string | undefined): string[] {
  if (!file) return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return []; // A stale variable is no reason to stop: the connection itself decides.
  }
}

/** The answer once its headers are here; the caller reads or destroys it. Rejects on network errors, never on a status code. */
export async function request(url: URL, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<IncomingMessage> {
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await requestOnce(url, headers, signal);
    const { statusCode = 0 } = answer;
    const { location } = answer.headers;
    if (statusCode < 300 || statusCode >= 400 || !location) return answer;
    answer.destroy();
    url = new URL(location, url);
  }
  throw new FailureError({
    kind: 'engine-install',
    problem: `${url.host} redirects without end. Check the package index in your pip settings.`,
  });
}

function requestOnce(url: URL, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<IncomingMessage> {
  const isLoopback = LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new FailureError({
      kind: 'engine-install',
      problem: `${url.protocol}//${url.host} is not a secure address, and engines are only fetched by HTTPS. Set an https index in your pip settings.`,
    });
  }
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === 'https:' ? httpsGet(url, { headers, signal, ca: trusted() }, resolve) : httpGet(url, { headers, signal }, resolve);
    sent.setTimeout(SILENCE_MS, () => sent.destroy(new Error(`no answer for ${SILENCE_MS / 1000} seconds`)));
    sent.on('error', reject);
  });
}
