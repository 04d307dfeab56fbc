// What `tensorflow[and-cuda]` asks for, as its wheel says it, is answered by the pins.
import { expect, it } from 'vitest';
import { CUDA_WHEELS } from '#trainer/tensorflow/install/pins';
import { cudaWheels, parseRequirements } from '#trainer/tensorflow/install/requirements';

/** The lines of tensorflow 2.21.0's METADATA that matter, as they are. */
const METADATA = `Metadata-Version: 2.4
Name: tensorflow
Version: 2.21.0
Requires-Dist: absl-py>=1.0.0
Requires-Dist: numpy>=1.26.0
Requires-Dist: ml_dtypes<1.0.0,>=0.5.1
Provides-Extra: and-cuda
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-cuda-cupti-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-nvcc-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-nvrtc-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-runtime-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"
Requires-Dist: nvidia-cufft-cu12<12.0,>=11.2.3.61; extra == "and-cuda"
Requires-Dist: nvidia-curand-cu12<11.0,>=10.3.6.82; extra == "and-cuda"
Requires-Dist: nvidia-cusolver-cu12<12.0,>=11.6.3.83; extra == "and-cuda"
Requires-Dist: nvidia-cusparse-cu12<13.0,>=12.5.1.3; extra == "and-cuda"
Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"
Requires-Dist: nvidia-nvjitlink-cu12<13.0,>=12.5.82; extra == "and-cuda"
Provides-Extra: gcs-filesystem
Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"

Requires-Dist: not-a-header; extra == "and-cuda"
`;

it('names the twelve NVIDIA wheels and nothing else', () => {
  const found = parseRequirements(METADATA, 'and-cuda');
  expect(found).toHaveLength(12);
  expect(found[0]).toEqual({
    project: 'nvidia-cublas-cu12',
    bounds: [
      ['<', '13.0'],
      ['>=', '12.5.3.2'],
    ],
  });
});

it('has a pin within every range, and no pin too many', () => {
  expect(cudaWheels(METADATA)).toEqual(CUDA_WHEELS);
});

it('refuses a range it has no pin for, by name', () => {
  const newer = METADATA.replace('nvidia-cudnn-cu12<10.0,>=9.3.0.75', 'nvidia-cudnn-cu12<11.0,>=10.0');
  expect(() => cudaWheels(newer)).toThrow(/nvidia-cudnn-cu12 < 11\.0, >= 10\.0/);
  expect(() => cudaWheels(METADATA.replace('cudnn-cu12<10.0', 'cudnn-cu12<9.10'))).toThrow(/cudnn/);
});
