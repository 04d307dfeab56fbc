// Puts a picture's last column and row in place of what the decoder made of them (formats/jpeg-edge.ts).
import { uprightSize, type PictureHeader } from './formats/format';

/** `raw`: of `stride` channels, the first three red, green and blue; already turned upright. */
export function mendEdge(raw: Uint8Array, stride: number, header: PictureHeader): void {
  const { width, height, edge } = header;
  if (!edge || stride < 3) return;
  const place = placeUpright(header);
  const put = (x: number, y: number, values: Uint8ClampedArray, i: number): void => {
    const at = stride * place(x, y);
    for (let c = 0; c < 3; c++) raw[at + c] = values[3 * i + c];
  };
  if (edge.column) for (let y = 0; y < height; y++) put(width - 1, y, edge.column, y);
  if (edge.row) for (let x = 0; x < width; x++) put(x, height - 1, edge.row, x);
}

/** Where a pixel as stored lies once the picture is turned, by EXIF's eight orientations. */
function placeUpright(header: PictureHeader): (x: number, y: number) => number {
  const { width, height, orientation } = header;
  const line = uprightSize(header).width;
  const [right, bottom] = [width - 1, height - 1];
  switch (orientation) {
    case 2:
      return (x, y) => y * line + right - x;
    case 3:
      return (x, y) => (bottom - y) * line + right - x;
    case 4:
      return (x, y) => (bottom - y) * line + x;
    case 5:
      return (x, y) => x * line + y;
    case 6:
      return (x, y) => x * line + bottom - y;
    case 7:
      return (x, y) => (right - x) * line + bottom - y;
    case 8:
      return (x, y) => (right - x) * line + y;
    default:
      return (x, y) => y * line + x;
  }
}
