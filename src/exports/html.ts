// The web page export: the model, a program that runs it and the page around them in one file that opens without a network.
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { toLayersModel } from '#engine/layers-model';
import { singlePage } from '#shared/single-page';
import { textFile } from './carried';
import { comparedOn, type Exporter, type Programs, type TakenModel } from './exporter';
import type { PageFacts } from './page-facts';
import { readme } from './readme';
import { TOLERANCE } from './tfjs';
import { whyInEnglish } from './in-english';

export const html: Exporter = {
  async make(model, { script, style, wasm, notices }) {
    const { json, weights } = toLayersModel(model.network, model.weights, model.metadata);
    const data = [
      block('facts', 'application/json', unclosable(JSON.stringify(factsOf(model, notices)))),
      block('model', 'application/json', unclosable(JSON.stringify(json))),
      block('weights', PACKED, packed(weights)),
      block('wasm', PACKED, packed(wasm)),
    ];
    return [textFile('page.html', page(model.name, script, style, data))];
  },
  proof: {
    kind: 'run',
    tolerance: TOLERANCE,
    runnable([{ bytes }]) {
      const text = new TextDecoder().decode(bytes);
      return {
        script: between(text, '<script>', '</script>'),
        model: contentOf(text, 'model'),
        weights: unpacked(contentOf(text, 'weights')),
        wasm: unpacked(contentOf(text, 'wasm')),
      };
    },
  },
};

/** Bytes, compressed, in letters; the page undoes it (src/renderer/exported/payload.ts). */
const PACKED = 'application/gzip;base64';
const packed = (bytes: Uint8Array): string => gzipSync(bytes).toString('base64');
const unpacked = (letters: string): Uint8Array => gunzipSync(Buffer.from(letters, 'base64'));

/** A browser runs no script of such a type; it is data. */
const block = (id: string, type: string, content: string): string => `<script id="${id}" type="${type}">${content}</script>`;

/** JSON in which nothing ends the element it stands in, whatever a label says. */
const unclosable = (json: string): string => json.replaceAll('<', '\\u003c');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const USAGE = `## How to use it

Open this file in a browser; it needs no network and no installation. Its program was run before it was saved and answered as the run itself does, within ${TOLERANCE}.`;

function factsOf(model: TakenModel, notices: Programs['notices']): PageFacts {
  const { name, metadata, receipt, references, licences } = model;
  return {
    name,
    metadata,
    ...(receipt && { receipt }),
    readme: readme(model, USAGE),
    ...(references && { references: whyInEnglish(comparedOn(references)) }),
    licences: [...licences, { of: 'The program in this page', text: notices }],
  };
}

function page(name: string, script: string, style: string, data: readonly string[]): string {
  // Only this very script and style run, and nothing may be asked of any server.
  const policy = `default-src 'none'; script-src ${hashOf(script)} 'wasm-unsafe-eval'; style-src ${hashOf(style)}; img-src blob: data:; base-uri 'none'; form-action 'none'`;
  const body = `<div id="app"><noscript><p>This page runs a model in your browser. Allow scripts for it, and open it again.</p></noscript>
<p>Opening… Where nothing else appears, the file was cut off while it was copied or downloaded: copy it again.</p></div>
${data.join('\n')}
<script>${script}</script>`;
  return singlePage({ title: name, style, body, lang: 'en', policy });
}

/** @throws where a file was cut off */
function between(text: string, open: string, close: string): string {
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error('The page is not whole.');
  return text.slice(start + open.length, end);
}

function contentOf(text: string, id: string): string {
  const at = text.indexOf(`<script id="${id}"`);
  if (at < 0) throw new Error('The page is not whole.');
  return between(text.slice(at), '>', '</script>');
}
