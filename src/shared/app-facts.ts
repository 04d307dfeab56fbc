// What the Settings page shows of the app itself.
export interface AppFacts {
  /** Requests of the window and of Chromium that were refused, and since when they are counted. */
  refusedRequests: number;
  countedSince: string;
  /** The desktop shows notifications. */
  canNotify: boolean;
  /** The desktop is known to show icons in a tray. */
  hasTray: boolean;
  /** The kept settings could not be read, and what became of them. */
  preferencesProblem?: string;
}
