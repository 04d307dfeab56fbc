// The one EXIF entry that changes pixels: how the camera was held (TIFF 6.0 §2, tag 0x0112).
const ORIENTATION = 0x0112;
const SHORT = 3;

/** 1 to 8 from a TIFF block as PNG and JPEG carry it; 1 (upright) when absent or damaged, as viewers do. */
export function readOrientation(tiff: Buffer): number {
  if (tiff.length < 8) return 1;
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  if (short(2) !== 42 || directory + 2 > tiff.length) return 1;
  const entries = short(directory);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.length) return 1;
    if (short(entry) !== ORIENTATION) continue;
    const value = short(entry + 2) === SHORT && long(entry + 4) === 1 ? short(entry + 8) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
