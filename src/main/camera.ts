// Whether the page may look through the camera: only after the person said yes, and until the page says that it is done.

export class Camera {
  #isOpen = false;

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Pictures alone, never sound. @param media what is to be recorded */
  allows(permission: string, media: readonly string[] | undefined, isOurs: boolean): boolean {
    return this.#isOpen && isOurs && permission === 'media' && media?.length === 1 && media[0] === 'video';
  }
}
