// Why a run is told to end: to be done with it (model and receipt are saved), or to give its memory back and go on later.
export const PAUSE = 'pause';

/** Hears a pause alone: who stops a run that is only being finished wants what it does already. */
export function onlyPaused(stop: AbortSignal): AbortSignal {
  const control = new AbortController();
  const hear = (): void => void (stop.reason === PAUSE && control.abort(PAUSE));
  stop.addEventListener('abort', hear);
  if (stop.aborted) hear();
  return control.signal;
}
