// The compiled functions of one run: one for each piece size, made when first needed, dropped together.
import { gradientNorm, gradientSpecs } from './clip';
import { withCodedPooling } from './coded-pooling';
import { withPooledConvolutions } from './fused-network';
import { withFusedNormalizations } from './fused-normalizations';
import type { Network } from './network';
import { joinSteps, piecesPerCall } from './joined-pieces';
import { noiseSpecs } from './noise';
import type { Optimizer } from './optimizers';
import { prediction } from './predict';
import { DEFAULT_PRECISION, type Precision } from '#shared/run-spec';
import type { CompiledFunction, Runtime, TensorFunction, TensorSpec } from './runtime';
import { withFreeSavings } from './savers/saver-plan';
import { CLASSES } from './objectives/classes';
import type { Objective } from './objectives/objective';
import { carrySpecs, evaluationStep, microBatchStep, sampleSpecs, scaleSpecs, totalsSpec, weightSpecs } from './step';
import { updateGroups, updateSpecs, weightUpdate } from './update';

let made = 0;

export class Programs {
  private readonly compiled = new Map<string, CompiledFunction>();
  /** Names of compiled functions are shared by the whole process. */
  private readonly prefix = `overbatch${++made}`;
  /** As the engine runs it best, and as it trains it best. */
  private readonly executed: Network;
  private readonly trained: Network;
  /** Places of the trainable weights that one call of the update makes new, call by call. */
  readonly updateGroups: number[][];

  constructor(
    private readonly runtime: Runtime,
    private readonly network: Network,
    private readonly optimizer: Optimizer,
    readonly objective: Objective = CLASSES,
  ) {
    this.executed = runtime.poolsConvolutions ? withPooledConvolutions(network) : network;
    const pooled = runtime.codesPooling ? withCodedPooling(this.executed) : this.executed;
    this.trained = withFreeSavings(runtime.fusesNormalizations ? withFusedNormalizations(pooled) : pooled);
    this.updateGroups = updateGroups(network, runtime.captures ?? false);
  }

  /** Of another network, everything else the same. */
  of(network: Network): Programs {
    return new Programs(this.runtime, network, this.optimizer, this.objective);
  }

  /** Micro-batches of n samples that one call may work: more than one where calls are what takes the time. */
  piecesPerCall = (n: number): number => (this.runtime.captures ? piecesPerCall(this.network, n) : 1);

  /** Works `count` micro-batches of n samples: [...samples of each, ...carry, ...weights, ...scale] → [...carry]. */
  step(n: number, count = 1): CompiledFunction {
    const samples = () => [...sampleSpecs(this.network, n, this.objective), ...noiseSpecs(this.network, n)];
    const carry = carrySpecs(this.network, this.objective);
    const learnt = () => [...weightSpecs(this.network), ...scaleSpecs(this.network)];
    const specs = () => [...Array.from({ length: count }, samples).flat(), ...carry, ...learnt()];
    return this.get(`step_${n}${count > 1 ? `x${count}` : ''}`, specs, () =>
      joinSteps(microBatchStep(this.trained, this.objective), count, samples().length, carry.length),
    );
  }

  evaluation(n: number): CompiledFunction {
    const totals = () => totalsSpec(this.network, this.objective.evaluationMetrics);
    const specs = () => [...sampleSpecs(this.network, n, this.objective), totals(), ...weightSpecs(this.network)];
    return this.get(`evaluation_${n}`, specs, () => evaluationStep(this.executed, this.objective), 'float32');
  }

  /** What the network says of n samples: [x, ...weights] → [probabilities, or the outputs as they are]. */
  prediction(n: number, as: 'probabilities' | 'values'): CompiledFunction {
    const specs = () => [sampleSpecs(this.network, n)[0], ...weightSpecs(this.network)];
    return this.get(`prediction_${n}`, specs, () => prediction(this.executed, as), 'float32');
  }

  /** Of the weights at these places; single ones of one shape and kind share a function. */
  update(places: readonly number[]): CompiledFunction {
    const specs = places.map((place) => this.network.weights[place]);
    const name = specs.length === 1 ? `${specs[0].shape.join('x')}_${specs[0].decays}` : 'all';
    return this.get(
      `update_${name}`,
      () => updateSpecs(this.optimizer, specs),
      () => weightUpdate(this.optimizer, specs),
    );
  }

  gradientNorm(): CompiledFunction {
    return this.get(
      'gradient_norm',
      () => gradientSpecs(this.network),
      () => gradientNorm,
    );
  }

  /** Drops what was made for pieces of other sizes, with the constants it holds: a plan tries more than its run uses. */
  keepSizes(step: readonly number[], evaluation: readonly number[]): void {
    for (const [key, compiled] of this.compiled) {
      const [, kind, size] = /^(step|evaluation)_(\d+)/.exec(key) ?? [];
      if (kind === undefined || (kind === 'step' ? step : evaluation).includes(Number(size))) continue;
      compiled.dispose();
      this.compiled.delete(key);
    }
  }

  /** Drops all of a kind, whatever their size. */
  drop(kind: string): void {
    for (const [key, compiled] of this.compiled) {
      if (!key.startsWith(`${kind}_`)) continue;
      compiled.dispose();
      this.compiled.delete(key);
    }
  }

  dispose(): void {
    for (const compiled of this.compiled.values()) compiled.dispose();
    this.compiled.clear();
  }

  /** Any other function, under a name of its own. */
  get(
    key: string,
    specs: () => TensorSpec[],
    make: () => TensorFunction,
    precision: Precision = this.network.precision ?? DEFAULT_PRECISION,
  ) {
    let compiled = this.compiled.get(key);
    if (!compiled) {
      compiled = this.runtime.compile(`${this.prefix}_${key}`, make(), specs(), precision);
      this.compiled.set(key, compiled);
    }
    return compiled;
  }
}
