// Bytes TensorFlow's tensors hold: on the processor as our own allocator counts them, on a graphics card as TensorFlow's does.
import type { Meter } from '#engine/runtime';
import type { NativeBinding } from './binding';

export function hostMeter(native: NativeBinding): Meter {
  return {
    inUseBytes: () => native.memory().inUse,
    peakBytes: () => native.memory().peak,
    resetPeak: () => native.resetPeak(),
    release: () => native.releasePool(),
  };
}

export function deviceMeter(native: NativeBinding): Meter {
  return {
    isDeviceMemory: true,
    inUseBytes: () => native.deviceMemory()?.inUse ?? 0,
    peakBytes: () => native.deviceMemory()?.peak ?? 0,
    resetPeak: () => native.resetPeak(),
  };
}
