// Why a run is told to end: to be done with it (model and receipt are saved), or to give its memory back and go on later.
export const PAUSE = 'pause';
