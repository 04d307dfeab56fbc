// An import that was ended before its end and can go on, as the window lists it.
export interface StoppedImport {
  id: string;
  /** Of what was imported, and of the folder it lies in: two may have one name. */
  name: string;
  parent: string;
  begunAt: string;
  done: number;
  total: number;
}
