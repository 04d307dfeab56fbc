// What a model that stays loaded is asked about pictures and rows, and what it answers.
import * as v from 'valibot';
import type { MaskViews } from './evaluation/evaluation';
import { IdSchema, TokenSchema } from './identifiers';
import type { Prediction, RawRow, RowPrediction } from './prediction';

/** A file on the disk, bytes that were pasted or photographed, or a sample of a version as it was stored. */
export type PictureSource = { file: string } | { bytes: Uint8Array } | { datasetFolder: string; sample: number };

export type ModelAsk =
  /** `whole`: seen all at once, however large it is. */
  | { what: 'picture'; picture: PictureSource; whole?: boolean }
  | { what: 'pictures'; files: string[] }
  | { what: 'where'; picture: PictureSource; label: string }
  /** A typed row: numbers with a decimal point. */
  | { what: 'row'; row: RawRow }
  /** What it finds in pictures of the data of its run, by their index in the version. `mostMicro`: samples at once at most, more have been the end of a process. */
  | { what: 'masks'; datasetFolder: string; samples: number[]; mostMicro?: number };

/** Each kind has one question at a time: the newest takes the place of the one before it. */
export const ASKED_KINDS = ['picture', 'pictures', 'where', 'row', 'masks'] as const;
export type AskedKind = (typeof ASKED_KINDS)[number];
/** What a person may not want to wait for: those, or the listing of what was given. */
export const CANCELLED_KINDS = [...ASKED_KINDS, 'listing'] as const;
export type CancelledKind = (typeof CANCELLED_KINDS)[number];

/** Of one of many pictures: the probability of each class in the model's order, of masks its share of the pixels; or why there is none. `tiles`: seen in so many parts. */
export type PictureAnswer = { shares: Float32Array; tiles?: number } | { problem: string };

/** Many pictures answered, in their order. */
export interface PictureAnswers {
  /** The place of the first of them. */
  from: number;
  answers: PictureAnswer[];
}

/** How strongly each part of a picture speaks for a class. */
export interface WhereLooked {
  label: string;
  /** Grad-CAM reads it from a late feature map; occlusion covers parts of the picture and asks again. */
  method: 'grad-cam' | 'occlusion';
  /** Places side by side over the whole picture, and one below the other. */
  columns: number;
  rows: number;
  /** rows × columns, 0 to 1: the strongest is 1. All 0 where nothing speaks for the class. */
  strengths: Float32Array;
  probability: number;
}

export type ModelAnswer =
  | { what: 'picture'; prediction: Prediction }
  /** All were told before. */
  | { what: 'pictures'; labels: string[] }
  | { what: 'where'; where: WhereLooked }
  | { what: 'row'; prediction: RowPrediction }
  | { what: 'masks'; views: MaskViews };

/** Pictures as they were given, before anything is asked. */
export interface ListedPictures {
  files: string[];
  /** One each: as it is shown, relative to the folder that was given. */
  names: string[];
  /** Other files in the folders. */
  passed: number;
  /** What could not be looked at, a sentence each. */
  problems: string[];
}

/** The same without paths, which the window never has: a token stands for the list. */
export interface PictureList {
  token: string;
  /** Of what was given. */
  name: string;
  names: string[];
  passed: number;
  /** What could not be looked at, a sentence each. */
  problems: string[];
}

/** A picture made small, to look at. */
export interface PictureTile {
  width: number;
  height: number;
  channels: 3;
  pixels: Uint8Array;
}

/** Pasted or photographed; larger ones are no photographs. */
export const MOST_PICTURE_BYTES = 64 * 2 ** 20;
export const PICTURE_TOO_LARGE = 'This picture is larger than 64 MiB. Choose a smaller one.';
const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(({ byteLength }) => byteLength > 0, 'This picture is empty.'),
  v.check(({ byteLength }) => byteLength <= MOST_PICTURE_BYTES, PICTURE_TOO_LARGE),
);

/** A picture of a list, bytes, or a sample of a version. */
export const AskedPictureSchema = v.union(
  [v.strictObject({ list: TokenSchema, place }), v.strictObject({ bytes }), v.strictObject({ datasetId: IdSchema, sample: place })],
  'This is no picture that can be asked about. Choose another.',
);
export type AskedPicture = v.InferOutput<typeof AskedPictureSchema>;

/** Read at once. */
export const MOST_TILES_AT_ONCE = 64;
export const PictureTilesSchema = v.strictObject({
  places: v.pipe(v.array(place), v.maxLength(MOST_TILES_AT_ONCE)),
  /** Longest edge in pixels. */
  side: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256)),
});
export type PictureTilesRequest = v.InferOutput<typeof PictureTilesSchema>;
