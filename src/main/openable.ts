// Which files Overbatch opens, by the endings of their names: for dialogs, and for what another program hands over.

export const DATA_ENDINGS = ['zip', 'csv', 'tsv', 'tab', 'txt', 'data', 'npz', 'npy', 'gz', 'bin', 'idx'];
export const PICTURE_ENDINGS = ['png', 'jpg', 'jpeg', 'bmp', 'webp', 'tif', 'tiff', 'gif'];

/** IDX files are often called "train-images-idx3-ubyte". */
const DATA = new RegExp(`(\\.(${[...DATA_ENDINGS, ...PICTURE_ENDINGS].join('|')})|-ubyte)$`, 'i');

export const isDataName = (name: string): boolean => DATA.test(name);
