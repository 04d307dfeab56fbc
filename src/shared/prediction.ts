// What a trained model says about one picture.
export interface Prediction {
  /** Sorted, most probable first. */
  classes: { label: string; probability: number }[];
  /** The picture as the model saw it: uint8 height × width × channels. */
  seen: { width: number; height: number; channels: number; pixels: Uint8Array };
}

/** What a trained model says about one row of a table. */
export type RowPrediction =
  /** Sorted, most probable first. */
  | { kind: 'class'; target: string; classes: { label: string; probability: number }[] }
  /** In the target's own unit. */
  | { kind: 'number'; target: string; value: number };
