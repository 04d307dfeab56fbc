// What the preload hands to this page.
import type { WindowApi } from '#shared/contract';

declare global {
  interface Window {
    readonly overbatch: WindowApi;
  }
}
