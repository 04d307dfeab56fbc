// How stock TF.js layers hold a constant that was learnt, for which there is no layer: a PReLU whose input is −1 everywhere answers −α.
import type { StockLayer } from './layer';

/** Three layers, of which the last has the constant. They take place `from` of the list for its shape alone, and begin at place `at`. */
export const learntConstant = (shape: number[], from: number, at: number): StockLayer[] => [
  { className: 'Rescaling', config: { scale: 0, offset: -1 }, inputs: [from] },
  { className: 'PReLU', config: { shared_axes: null }, inputs: [at], weights: [{ name: 'alpha', shape }] },
  { className: 'Rescaling', config: { scale: -1, offset: 0 }, inputs: [at + 1] },
];
