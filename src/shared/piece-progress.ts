// How far a mini-batch is that takes longer than a moment: told while it is made, kept nowhere.
export interface PieceProgress {
  /** The update that it is made for, from 1. */
  step: number;
  /** Samples of it that were worked in this pass. */
  done: number;
  samples: number;
  /** Stage by stage it is gone through several times; absent: once. */
  pass?: number;
  passes?: number;
}
