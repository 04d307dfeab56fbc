// What a trained model is asked, and what it says: about a picture, a row, a table.
import type { ColumnKind, DateFormat } from './table';

export interface Prediction {
  /** Sorted, most probable first. Of a mask: the share of the pixels that each class has. */
  classes: { label: string; probability: number }[];
  /** Where every pixel is answered. */
  mask?: PictureMask;
  /** The picture as the model saw it: uint8 height × width × channels. */
  seen: { width: number; height: number; channels: number; pixels: Uint8Array };
}

export interface PictureMask {
  labels: string[];
  /** The most probable class of each pixel: height × width places in `labels`. */
  pixels: Uint8Array;
  /** Seen in so many parts, at `scale` times the size at which what it shows is as large as in training. */
  tiles?: number;
  scale?: number;
  /** It is not known how large the pictures were that the model learnt from. */
  isScaleUnknown?: boolean;
}

/** What a trained model says about one row of a table. */
export type RowPrediction =
  /** Sorted, most probable first. */
  | { kind: 'class'; target: string; classes: { label: string; probability: number }[] }
  /** In the target's own unit. */
  | { kind: 'number'; target: string; value: number };

/** What a trained model is asked with. */
export type ModelQuestion =
  | {
      kind: 'picture';
      labels: string[];
      /** Of a class for the picture, or one for each pixel. */
      answers: 'class' | 'mask';
    }
  | {
      kind: 'row';
      target: string;
      /** None where the answer is a number. */
      labels: string[];
      columns: AskedColumn[];
    };

/** A cell that a person fills in; left empty it is missing. */
export interface AskedColumn {
  name: string;
  kind: ColumnKind;
  /** Of a category, those that the model knows; others are one together, where there were such. */
  categories: string[];
  /** What is usual in training, as it would be typed: the mean, the most frequent. */
  usual: string;
  /** How a date is written. */
  format?: DateFormat;
}

/** Cells by column name; one that is absent or empty is missing. */
export type RawRow = Readonly<Record<string, string>>;

/** A table answered, row by row. */
export interface FilePrediction {
  target: string;
  rows: number;
  /** The first ones. */
  shown: {
    line: number;
    answer: string;
    /** Of the class that is answered. */
    probability?: number;
    /** What the table says, where it has the column. */
    actual?: string;
    cells: string[];
  }[];
  /** The columns of `cells`. */
  columns: string[];
  /** What is worth knowing, one sentence each. */
  notes: string[];
  /** Against the table's own answers, where it has them. */
  score?: { kind: 'class'; right: number; of: number } | { kind: 'number'; r2: number; off: number; of: number };
}
