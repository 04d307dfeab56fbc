// Whether this is a Mac, whose keys are called otherwise.
export const isMac = (): boolean => navigator.userAgent.includes('Macintosh');
