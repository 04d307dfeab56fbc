// What the network says of every position, beside what is so: as rows of 0 and 1, which metrics count.
import {
  argMax,
  cast,
  equal,
  exp,
  expm1,
  greaterEqual,
  log,
  max,
  mul,
  neg,
  notEqual,
  reshape,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Shape } from '../../layers/layer';
import type { MetricPiece } from '../objective';
import { hotRows, rowsOf } from '../positions';

/** classes: one of them is right, the largest output is the answer; yes or no: for each output, an answer from logit 0 up is yes. */
export type Kind = { kind: 'classes'; ignore?: number } | { kind: 'yes or no' };

export const channelsOf = (output: Shape): number => output[output.length - 1];

/** Class indices in one row, and 1 where they count; an ignored one is written as 0. */
export function countedLabels(labels: Tensor, ignore?: number): { labels: Tensor; counted?: Tensor } {
  const flat = labels.rank === 1 ? labels : reshape(labels, [-1]);
  if (ignore === undefined) return { labels: flat };
  const counted = cast(notEqual(flat, ignore), 'float32');
  return { labels: cast(mul(cast(flat, 'float32'), counted), 'int32'), counted };
}

export interface Decisions {
  /** [rows, channels] of 0 and 1; 0 where masked. */
  predicted: Tensor;
  actual: Tensor;
  /** [rows, channels] or [rows, 1], 0 where masked; absent: all count. */
  counted?: Tensor;
}

export function decide({ output, targets }: Pick<MetricPiece, 'output' | 'targets'>, kind: Kind): Decisions {
  const rows = rowsOf(output);
  if (kind.kind === 'classes') {
    const { labels, counted } = countedLabels(targets[0], kind.ignore);
    const column = counted && reshape(counted, [-1, 1]);
    const masked = (x: Tensor): Tensor => (column ? mul(x, column) : x);
    const classes = rows.shape[1]!;
    const answer = cast(argMax(rows, -1), 'int32');
    return { predicted: masked(hotRows(answer, classes)), actual: masked(hotRows(labels, classes)), counted: column };
  }
  const target = rowsOf(targets[0]);
  const counted = cast(greaterEqual(target, 0), 'float32');
  const yes = (x: Tensor, from: number): Tensor => cast(greaterEqual(x, from), 'float32');
  return { predicted: mul(yes(rows, 0), counted), actual: yes(target, 0.5), counted };
}

/** log(p ÷ (1 − p)) of every channel's probability: what scores are compared by. */
export function logits(output: Tensor, { kind }: Kind): Tensor {
  const rows = rowsOf(output);
  if (kind === 'yes or no') return rows;
  const shifted = sub(rows, max(rows, -1, true));
  const logP = sub(shifted, log(sum(exp(shifted), -1, true)));
  return neg(log(expm1(neg(logP))));
}

/** 1 where the answer is right, [rows]. */
export const rightOnes = (output: Tensor, labels: Tensor): Tensor =>
  cast(equal(cast(argMax(rowsOf(output), -1), 'int32'), labels), 'float32');
