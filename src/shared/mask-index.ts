// The bytes of a packed mask: places in the list of classes, and one more.

/** This pixel has no class, is not learnt from and not counted. */
export const IGNORED = 255;
/** Indices from 0 to 254. */
export const MOST_MASK_CLASSES = 255;
