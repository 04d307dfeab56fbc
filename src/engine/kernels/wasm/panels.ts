// Sizes of the blocks the products work in.

/** Outputs worked side by side, two vectors. */
const PANEL = 8;
const VECTOR = 4;

const roundUp = (size: number, to: number): number => Math.ceil(size / to) * to;

/** Values of a packed filter of so many inputs and outputs. */
export const panelSize = (inputs: number, outputs: number): number => inputs * roundUp(outputs, PANEL);

export const wholeVectors = (values: number): number => roundUp(values, VECTOR);
