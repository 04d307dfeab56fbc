// Keeps what one recording's tape saved until the backward pass reads it: as it is, in 8 bits, or not at all and computed again.
// Does to TF.js's tape what PyTorch calls saved-tensor hooks.
import { clone, dispose, keep, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { sizeOf, type CallContext } from '../layers/layer';
import type { LayerObserver, Network } from '../network';
import { releaseShapes, type TapeNode } from '../tape';
import { dequantize, isQuantizable, quantize } from './eight-bits';
import { SMALL_INPUT } from './from-input';

/** The network's input, where places of outputs are named. */
const INPUT = -1;

/** Something kept, which can be had again any number of times until it is let go. */
interface Kept {
  /** The caller disposes of it. */
  take(): Tensor;
  letGo(): void;
}

/** An output that is not kept. */
interface Absent {
  /** Saved tensors that stand for it and were not taken back yet, and absent outputs made from it. */
  awaited: number;
  /** Saved tensors alone. */
  readers: number;
  /** Its layer's inputs. */
  sources: (Kept | number)[];
  made?: Tensor;
}

export class Keeper {
  private readonly absent = new Map<number, Absent>();
  /** Places of absent outputs, by the data they had. */
  private readonly placeOf = new Map<object, number>();
  private readonly packed = new Map<object, { parts: Tensor[]; users: number }>();
  private readonly open = new Set<Kept>();

  /**
   * @param context of the repeated calls, which must not report statistics again
   * @param makeInput makes the network's input again
   */
  constructor(
    private readonly network: Network,
    private readonly weights: Tensor[],
    private readonly context: CallContext,
    private readonly makeInput: () => Tensor,
  ) {}

  /** Watches the layers of a recording run. */
  watch(tape: readonly TapeNode[]): LayerObserver {
    let seen = tape.length;
    return (place, inputs, output) => {
      const fresh = tape.slice(seen);
      seen = tape.length;
      fresh.forEach(releaseShapes);
      const { savers } = this.network;
      this.expectInput(place, inputs);
      if (savers?.recomputed[place]) this.expect(place, inputs, output);
      const activations = new Set([...inputs, output].map((tensor) => tensor.dataId));
      for (const node of fresh) {
        for (const [i, tensor] of (node.saved ?? []).entries()) {
          if (tensor.isDisposed) continue;
          const from = this.placeOf.get(tensor.dataId);
          if (from !== undefined) this.replace(node, i, this.standIn(from, tensor.shape));
          else if (savers?.eightBits && activations.has(tensor.dataId) && isQuantizable(tensor)) this.replace(node, i, this.pack(tensor));
        }
      }
    };
  }

  /** Lets go of everything that was not taken back. */
  dispose(): void {
    for (const kept of [...this.open]) kept.letGo();
    for (const { made } of this.absent.values()) made?.dispose();
  }

  /** The network's input, which is made of what the caller holds anyway. */
  private expectInput(place: number, inputs: Tensor[]): void {
    const at = this.network.nodes[place].inputs.indexOf(INPUT);
    if (at < 0 || this.absent.has(INPUT) || sizeOf(this.network.inputShape) < SMALL_INPUT) return;
    this.absent.set(INPUT, { awaited: 0, readers: 0, sources: [] });
    this.placeOf.set(inputs[at].dataId, INPUT);
  }

  /** An output that will not be there: its sources must be. */
  private expect(place: number, inputs: Tensor[], output: Tensor): void {
    const sources = this.network.nodes[place].inputs.map((from, i): Kept | number => {
      const source = this.absent.get(from);
      if (!source) return this.network.savers!.eightBits && isQuantizable(inputs[i]) ? this.pack(inputs[i]) : this.hold(inputs[i]);
      source.awaited++;
      return from;
    });
    this.absent.set(place, { awaited: 0, readers: 0, sources });
    this.placeOf.set(output.dataId, place);
  }

  /** The tape gets the tensor back when it walks to that node, and disposes of it afterwards. */
  private replace(node: TapeNode, i: number, kept: Kept): void {
    const saved = node.saved!;
    saved[i].dispose();
    const gradient = node.gradient!;
    node.gradient = (dys) => {
      saved[i] = keep(kept.take());
      kept.letGo();
      return gradient(dys);
    };
  }

  private standIn(place: number, shape: number[]): Kept {
    const absent = this.absent.get(place)!;
    absent.awaited++;
    absent.readers++;
    return this.kept({
      take: () => tidy(() => reshape(this.make(place), shape)),
      letGo: () => {
        absent.readers--;
        this.release(place);
      },
    });
  }

  private make(place: number): Tensor {
    const absent = this.absent.get(place)!;
    if (absent.made) return absent.made;
    absent.made = keep(
      tidy(() => {
        if (place === INPUT) return this.makeInput();
        const inputs = absent.sources.map((source) => (typeof source === 'number' ? this.make(source) : source.take()));
        const { layer, firstWeight } = this.network.nodes[place];
        return layer.call(inputs, this.weights.slice(firstWeight, firstWeight + layer.weights.length), this.context);
      }),
    );
    // What was needed only on the way here is not held any longer.
    for (const source of absent.sources) if (typeof source === 'number' && this.absent.get(source)!.readers === 0) this.unmake(source);
    return absent.made;
  }

  private unmake(place: number): void {
    const absent = this.absent.get(place)!;
    absent.made?.dispose();
    absent.made = undefined;
  }

  /** One less waits for it; when none does, its sources may go. */
  private release(place: number): void {
    const absent = this.absent.get(place)!;
    if (absent.readers === 0) this.unmake(place);
    if (--absent.awaited > 0) return;
    for (const source of absent.sources) {
      if (typeof source === 'number') this.release(source);
      else source.letGo();
    }
  }

  private hold(tensor: Tensor): Kept {
    const held = keep(clone(tensor));
    return this.kept({ take: () => clone(held), letGo: () => held.dispose() });
  }

  private pack(tensor: Tensor): Kept {
    const { dataId, shape } = tensor;
    const entry = this.packed.get(dataId) ?? { parts: quantize(tensor).map((part) => keep(part)), users: 0 };
    this.packed.set(dataId, entry);
    entry.users++;
    return this.kept({
      take: () => dequantize(entry.parts, shape),
      letGo: () => {
        if (--entry.users > 0) return;
        dispose(entry.parts);
        this.packed.delete(dataId);
      },
    });
  }

  private kept({ take, letGo }: Kept): Kept {
    const kept: Kept = {
      take,
      letGo: () => {
        if (this.open.delete(kept)) letGo();
      },
    };
    this.open.add(kept);
    return kept;
  }
}
