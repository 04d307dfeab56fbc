// How strongly the curves are smoothed: one choice for every chart of a run, kept across restarts of the window.
const KEY = 'overbatch.smoothing';
/** More would show a straight line. */
export const MOST_SMOOTHING = 0.98;

const restored = (): number => {
  const kept = Number(localStorage.getItem(KEY));
  return kept > 0 && kept <= MOST_SMOOTHING ? kept : 0;
};

class Smoothing {
  #share = $state(restored());

  get share(): number {
    return this.#share;
  }

  set share(share: number) {
    this.#share = share;
    localStorage.setItem(KEY, String(share));
  }
}

export const smoothing = new Smoothing();
