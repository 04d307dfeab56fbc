// Our WebAssembly program for pictures: pointers and counts in, nothing kept. Pixels are 8 bits, channels last.
export { acrossColour, acrossGrey } from './across';
export { down } from './down';
