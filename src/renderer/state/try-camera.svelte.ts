// The camera, while a person wants it: asked for in main, looked through here, its light off when it is left.
import type { WindowApi } from '#shared/contract';
import { FailureError } from '#shared/failure';
import { answered } from './answered';
import { Task } from './task.svelte';

export class TryCamera {
  stream = $state.raw<MediaStream>();
  readonly opening = new Task();
  #isLeft = false;

  constructor(private readonly api: WindowApi) {}

  async open(): Promise<void> {
    this.#isLeft = false;
    const stream = await this.opening.run(async () => {
      if (!(await answered(this.api.openCamera()))) return undefined;
      return navigator.mediaDevices.getUserMedia({ video: true, audio: false }).catch((error: unknown) => {
        void this.api.closeCamera();
        throw new FailureError({ kind: 'bad-setting', problem: inWords(error) });
      });
    });
    this.stream = stream;
    // Pulled out, or taken away by the system: the last picture of it would stand there for ever.
    for (const track of stream?.getTracks() ?? []) track.addEventListener('ended', () => this.#lost(track));
    // The page was left while the camera was starting.
    if (this.#isLeft) this.close();
  }

  #lost(track: MediaStreamTrack): void {
    if (!this.stream?.getTracks().includes(track)) return;
    this.close();
    this.opening.problem = 'The camera is gone. Connect it again, or choose a picture.';
  }

  /** What is seen now, as a picture. */
  async take(video: HTMLVideoElement): Promise<Blob | undefined> {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
  }

  close(): void {
    this.#isLeft = true;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    void this.api.closeCamera();
  }
}

function inWords(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotFoundError':
      return 'No camera was found. Connect one, or choose a picture.';
    case 'NotReadableError':
      return 'The camera cannot be opened: another program may be using it. Close that program and try again.';
    case 'NotAllowedError':
      return 'The system does not let Overbatch use the camera. Allow it in the system’s privacy settings.';
    default:
      return 'The camera could not be started. Connect it again, or choose a picture.';
  }
}
