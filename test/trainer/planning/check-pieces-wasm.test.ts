// Check it, on WebAssembly, where the shapes are rehearsed by the same kernels that compute afterwards.
import { describeChecks } from '#test/support/planning/check-suite';

describeChecks('wasm', true);
