// Data sets and their pictures, engines and room as main would tell of them.
import type { AppFacts } from '#shared/app-facts';
import type { Space } from '#shared/space';
import type { DatasetSummary, PictureCheck, PictureSummary } from '#shared/dataset';
import type { Thumbnail, VersionView } from '#shared/dataset-view';
import type { EngineReport, EnginesAnswer } from '#shared/engine';

export const WASM: EngineReport = {
  name: 'wasm',
  version: 'WebAssembly, SIMD, 1 thread',
  reason: 'It needs nothing installed, and no TensorFlow is installed here.',
  skipped: [
    { name: 'tensorflow-cuda', reason: 'It is not installed, and no NVIDIA graphics card was found.' },
    { name: 'tensorflow-cpu', reason: 'It is not installed.' },
  ],
  limitBytes: 4 * 2 ** 30,
};

export const ENGINES: EnginesAnswer = {
  report: WASM,
  native: [
    { kind: 'cpu', state: 'absent', folder: '', bytes: 0 },
    { kind: 'cuda', state: 'absent', folder: '', bytes: 0, problem: 'No NVIDIA graphics card was found on this computer.' },
  ],
};

export const APP_FACTS: AppFacts = {
  refusedRequests: 0,
  countedSince: new Date(Date.now() - 7_200_000).toISOString(),
  canNotify: true,
  hasTray: true,
};

export const SPACE: Space = { freeMemoryBytes: 5.2e9, totalMemoryBytes: 8.2e9, freeDiskBytes: 80e9, dataFolder: '/data' };

export const DIGITS: PictureSummary = {
  kind: 'image-classes',
  id: 'digits',
  name: 'digits',
  contentHash: '5f0c'.repeat(16),
  labels: [...'0123456789'],
  width: 8,
  height: 8,
  channels: 1,
  count: 1797,
  leftOut: 0,
  ownSplit: false,
  bytesOnDisk: 298_000,
  createdAt: new Date(Date.now() - 3_600_000).toISOString(),
  sample: 'digits',
  series: 'digits',
  version: 1,
};

export const BIRDS: PictureSummary = {
  ...DIGITS,
  id: 'birds',
  series: 'birds',
  name: 'Garden birds, spring survey',
  labels: ['blackbird', 'blue tit', 'European robin', 'great spotted woodpecker', 'house sparrow', 'wren'],
  width: 96,
  height: 96,
  channels: 3,
  count: 4012,
  leftOut: 17,
  ownSplit: true,
  bytesOnDisk: 111_200_000,
};

/** Three versions, the middle one opened. */
export const BIRD_VERSIONS: DatasetSummary[] = [
  {
    ...BIRDS,
    id: 'birds3',
    version: 3,
    count: 4024,
    difference: { added: 12, dropped: 0, relabelled: [], renamed: [], merged: [], leftClasses: [] },
  },
  {
    ...BIRDS,
    id: 'birds2',
    version: 2,
    difference: {
      added: 0,
      dropped: 1,
      relabelled: [
        { from: 'wren', to: 'house sparrow', count: 3 },
        { from: 'blue tit', to: 'European robin', count: 2 },
      ],
      renamed: [],
      merged: [{ from: 'robin', to: 'European robin', count: 412 }],
      leftClasses: [],
    },
  },
  BIRDS,
];

const BIRD_COUNTS = [1204, 980, 861, 52, 715, 200];
const birdLabels = Int32Array.from(BIRD_COUNTS.flatMap((count, label) => Array.from({ length: count }, () => label)));

export const BIRD_VIEW: VersionView = {
  labels: BIRDS.labels,
  width: 96,
  height: 96,
  channels: 3,
  sampleLabels: birdLabels,
  sides: Uint8Array.from(birdLabels, (_, i) => (i % 10 < 7 ? 1 : i % 10 < 9 ? 2 : 0)),
  ownSplit: false,
  groups: 38,
  sizes: [
    { width: 640, height: 480, count: 3900 },
    { width: 1920, height: 1080, count: 112 },
    { width: 480, height: 640, count: 300 },
    { width: 3024, height: 4032, count: 14 },
  ],
  leftOut: [
    {
      file: 'blackbird/IMG_0231.jpg',
      kind: 'truncated',
      severity: 'error',
      message: 'The file ends before the picture does. Copy it again from the camera.',
    },
    { file: 'wren/notes.txt', kind: 'not-a-picture', severity: 'error', message: 'This is not a picture.' },
  ],
};

/** Blobs that differ by class: enough to see a preview. */
export function previews({ labels, width, height, channels }: PictureSummary): Thumbnail[] {
  return labels.flatMap((label, c) =>
    Array.from({ length: 8 }, (_, n) => {
      const pixels = new Uint8Array(width * height * channels);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const wave = Math.sin((x / width) * (c + 2) + n / 3) * Math.cos((y / height) * (9 - c) + n / 5);
          for (let k = 0; k < channels; k++) pixels[(y * width + x) * channels + k] = 128 + 120 * wave * (k === 1 ? -1 : 1);
        }
      }
      return { label, file: `${label}/${n}.png`, width, height, channels, pixels };
    }),
  );
}

export const REPORT: PictureCheck = {
  kind: 'image-classes',
  name: 'survey-2026',
  layout: 'class-folders',
  summary: '6 classes, 4,012 pictures, no split found.',
  classes: BIRDS.labels.map((label, i) => ({
    label,
    count: [1204, 980, 861, 52, 715, 200][i],
    bytes: [1204, 980, 861, 52, 715, 200][i] * 84_000,
  })),
  pictures: 4012,
  sizes: [
    { width: 640, height: 480, count: 3900 },
    { width: 1920, height: 1080, count: 112 },
  ],
  colours: { grey: 12, colour: 4000, alpha: 0 },
  suggested: { width: 224, height: 224, channels: 3 },
  problems: [
    {
      file: 'blackbird/IMG_0231.jpg',
      kind: 'truncated',
      severity: 'error',
      message: 'The file ends before the picture does. Copy it again from the camera.',
    },
    { file: 'wren/Thumbs.db', kind: 'not-a-picture', severity: 'error', message: 'This is not a picture.' },
    {
      file: 'blue tit/a rather long file name that somebody made on a telephone (copy 2).jpeg',
      kind: 'duplicate',
      severity: 'warning',
      message: 'The same picture as blue tit/DSC_1001.jpg.',
    },
    {
      file: 'wren/IMG_0412.jpg',
      kind: 'near-duplicate',
      severity: 'warning',
      message: 'It looks the same as wren/IMG_0411.jpg. Leave it out, unless both are meant.',
    },
    {
      file: 'wren/IMG_0413.jpg',
      kind: 'near-duplicate',
      severity: 'warning',
      message:
        'It looks the same as house sparrow/DSC_2.jpg, which is in "house sparrow". One of the two labels may be wrong; leave out the wrong one.',
    },
    {
      file: 'wren/scan.png',
      kind: 'wrong-extension',
      severity: 'warning',
      message: 'It is named .png but holds a JPEG picture; it is read all the same.',
    },
  ],
  groups: 38,
  blocking: [],
  advice: [
    '"blackbird" has 23 times as many pictures as "great spotted woodpecker" (1,204 and 52): a model learns the rare class worse.',
    'The pictures have 2 different sizes; each is stretched to 224 × 224, which you can change.',
  ],
};
