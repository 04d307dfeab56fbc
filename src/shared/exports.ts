// How a trained model can be taken away, in words: for the page, the command line and every README.
import { withMark } from './language';
import * as v from 'valibot';
import { formatBytes } from './bytes';

export const EXPORT_NAMES = ['html', 'tfjs', 'keras', 'onnx', 'pytorch'] as const;
export type ExportName = (typeof EXPORT_NAMES)[number];
export const ExportNameSchema = v.picklist(EXPORT_NAMES, `An export is one of: ${EXPORT_NAMES.join(', ')}.`);

/** What a person decides by. */
export interface ExportCard {
  label: string;
  /** One sentence each. */
  purpose: string;
  opensWith: string;
  /** What is written: one file with this ending, or a folder whose name ends so. */
  kind: 'file' | 'folder';
  ending: string;
  /** Of what is written, about, for so many weights. */
  bytes(weights: number): number;
}

const FLOAT_BYTES = 4;
/** What a page has besides its model: TensorFlow.js with its WebAssembly program, and ours. */
const PAGE_BYTES = 860_000;
const BASE64 = 4 / 3;

/** Of a page: V8 holds no text above 537 MB, and the page is one. */
const LARGEST_PAGE_BYTES = 500e6;

export const EXPORT_CARDS: Record<ExportName, ExportCard> = {
  html: {
    label: 'One web page',
    purpose: 'Give it to anyone: they open it and try the model, without installing anything and without a network.',
    opensWith: 'Opens in any browser from 2023 on.',
    kind: 'file',
    ending: '.html',
    bytes: (weights) => PAGE_BYTES + BASE64 * FLOAT_BYTES * weights,
  },
  tfjs: {
    label: 'TensorFlow.js model',
    purpose: 'For a website or app of your own, written in JavaScript.',
    opensWith: 'Opens with TensorFlow.js: tf.loadLayersModel.',
    kind: 'folder',
    ending: '-tfjs',
    bytes: (weights) => FLOAT_BYTES * weights,
  },
  keras: {
    label: 'Keras model',
    purpose: 'For Python with TensorFlow: use the model, or train it further.',
    opensWith: 'Opens with Keras 3: keras.models.load_model.',
    kind: 'folder',
    ending: '-keras',
    bytes: (weights) => FLOAT_BYTES * weights,
  },
  onnx: {
    label: 'ONNX model',
    purpose: 'For programs in nearly any language, on computers, phones and servers.',
    opensWith: 'Opens with ONNX Runtime and what reads ONNX.',
    kind: 'folder',
    ending: '-onnx',
    bytes: (weights) => FLOAT_BYTES * weights,
  },
  pytorch: {
    label: 'PyTorch project for a cluster',
    purpose: 'The whole run as Python code with its data, to be trained on many graphics cards or computers.',
    opensWith: 'Starts with torchrun, PyTorch 2.4 or newer. The samples lie in it, readable, and add their own size.',
    kind: 'folder',
    ending: '-pytorch',
    // The first weights and the trained ones.
    bytes: (weights) => 2 * FLOAT_BYTES * weights,
  },
};

/** What is too large for that export, in a sentence with the next step; undefined where it is not. */
export function whyTooLarge(as: ExportName, weights: number): string | undefined {
  const bytes = EXPORT_CARDS[as].bytes(weights);
  if (as !== 'html' || bytes <= LARGEST_PAGE_BYTES) return undefined;
  return `As one web page this model would have about ${formatBytes(bytes)}, and browsers hold at most ${formatBytes(LARGEST_PAGE_BYTES)} of one. Take the TensorFlow.js model instead.`;
}

const MOST_LETTERS = 80;
/** File systems take names of 255 bytes; endings and the mark of what is unfinished come behind. */
const MOST_NAME_BYTES = 200;
/** Names of devices, which Windows takes for no file whatever stands behind them. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=$|[.-])/i;

/** What an export of that run is called unless something else is said: letters that any file system takes. */
export const fileNameOf = (run: string, as: ExportName): string => fileNameWith(run, EXPORT_CARDS[as].ending);

export function fileNameWith(run: string, ending: string): string {
  const trimmed = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '');
  const plain = run
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, ' ')
    .replace(/\s+/g, ' ');
  const name = trimmed(startOf(trimmed(plain), MOST_LETTERS, MOST_NAME_BYTES));
  return `${DEVICE.test(name) ? `model ${name}` : name || 'model'}${ending}`;
}

/** In UTF-8. */
function bytesOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Whole letters only. */
function startOf(text: string, letters: number, bytes: number): string {
  let [start, taken] = ['', 0];
  for (const letter of [...text].slice(0, letters)) {
    taken += bytesOf(letter);
    if (taken > bytes) break;
    start += letter;
  }
  return start;
}

/** Where an export lies until it was tried; whoever ends its process removes it. */
export const unfinishedExport = (out: string): string => `${out}.unfinished-export`;

/** An export as it is asked for. */
export interface ExportRequest {
  modelFolder: string;
  as: ExportName;
  /** Where it goes: a file, or a folder that is made. */
  out: string;
  /** A file that lies there already may be replaced; a folder never is. */
  replace?: boolean;
  /** Of the run, as it is called in the export. */
  name: string;
  /** Of the data version the run was trained on, where anybody knows it. */
  datasetFolder?: string;
}

/** What the export says while it is made. */
export const EXPORT_STAGES = {
  opening: 'Opening the model',
  answering: 'Asking the model, for comparison',
  making: 'Making the files',
  checking: 'Trying what was made',
} as const;

export interface ExportProgress {
  stage: keyof typeof EXPORT_STAGES;
  /** Of the stage; absent where that is not known. */
  share?: number;
}

/** What an export came to. */
export interface ExportResult {
  /** Of the file or folder that was written. */
  name: string;
  bytes: number;
  /** How it was tried before it got its name: run and compared with the run's own answers, or read again. */
  proof: { kind: 'run'; difference: number; tolerance: number; samples: Compared } | { kind: 'read' };
}

/** What an export was compared on: pictures or rows that the run had held out, or noise. */
export interface Compared {
  count: number;
  from: 'held-out' | 'noise';
  /** Of noise, behind "because"; no path of the person's computer in it. */
  why?: string;
}

/** "on 32 held-out samples"; of noise with the reason. */
export const samplesInWords = ({ count, from, why }: Compared): string =>
  from === 'held-out' ? `${count} held-out samples` : `${count} samples of noise${why === undefined ? '' : `, because ${why}`}`;

/** "less than a millionth", "at most 0.00021". */
const smallInWords = (difference: number): string =>
  difference < 1e-6 ? 'less than a millionth' : `at most ${withMark(Number(difference.toPrecision(2)).toFixed(7).replace(/0+$/, ''))}`;

/** One sentence: how what was written was tried. */
export function proofSentence({ proof }: Pick<ExportResult, 'proof'>): string {
  if (proof.kind === 'read') return 'The files were read again and are whole.';
  const answers = proof.difference === 0 ? 'the very same answers' : `answers that differ by ${smallInWords(proof.difference)}`;
  return `It was run and gave ${answers} on ${samplesInWords(proof.samples)} (${withMark(proof.tolerance)} is allowed).`;
}
