// A model of a person's own that was taken in, to look at.
import type { OwnModel } from '#shared/own-model';

export const OWN: OwnModel = {
  id: '0f5b2c9d1e3a4b5c6d7e8f9012345678',
  name: 'leaf-net',
  sha256: '0f5b2c9d1e3a4b5c6d7e8f90123456780f5b2c9d1e3a4b5c6d7e8f9012345678',
  model: 'own',
  inputShape: [96, 96, 3],
  outputs: 12,
  parameters: 412_316,
};
