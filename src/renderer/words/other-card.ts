// Other devices to imagine a plan on.

/** GB, as cards are sold (they mean GiB). */
export const CARD_SIZES = [4, 6, 8, 12, 16, 24];

/** As this program takes three quarters of what is free here: the rest is the driver's, the screen's and what no meter counts. */
const USABLE_SHARE = 0.75;

export const usableBytes = (bytes: number): number => Math.floor(USABLE_SHARE * bytes);
