// ViT-Tiny (Dosovitskiy et al. 2020, arXiv 2010.11929, in the size of DeiT, Touvron et al. 2020, arXiv 2012.12877): 12 blocks of attention
// and two dense layers over patches of the picture. 5,717,416 parameters at 224 px and 1,000 classes, as timm's vit_tiny_patch16_224.
import { add } from '../layers/add';
import { attention } from '../layers/attention';
import { classToken, firstToken } from '../layers/class-token';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { gelu } from '../layers/gelu';
import { layerNorm } from '../layers/layer-norm';
import type { Shape } from '../layers/layer';
import { positionEmbedding } from '../layers/position-embedding';
import { reshape } from '../layers/reshape';
import { NetworkBuilder, type Network } from '../network';

export interface VitOptions {
  /** Side of a patch in pixels; absent: 16, or less for small pictures, so that there are enough patches to look at. */
  patch?: number;
  blocks?: number;
  width?: number;
  heads?: number;
}

/** A side has at least as many patches, where the picture has the pixels. */
const FEWEST_PATCHES = 8;
const LARGEST_PATCH = 16;

export function vitTiny(inputShape: Shape, classes: number, given: VitOptions = {}): Network {
  const { patch = patchFor(inputShape), blocks = 12, width = 192, heads = 3 } = given;
  const net = new NetworkBuilder(inputShape);
  const patches = net.add(conv2d({ filters: width, kernelSize: patch, strides: patch }), net.input);
  const [rows, columns] = net.shape(patches);
  let x = net.add(positionEmbedding(), net.add(classToken(), net.add(reshape({ shape: [rows * columns, width] }), patches)));
  for (let i = 0; i < blocks; i++) {
    const parts = net.add(dense({ units: 3 * width }), net.add(layerNorm(), x));
    x = net.add(add(), x, net.add(dense({ units: width }), net.add(attention({ heads }), parts)));
    const hidden = net.add(gelu(), net.add(dense({ units: 4 * width }), net.add(layerNorm(), x)));
    x = net.add(add(), x, net.add(dense({ units: width }), hidden));
  }
  net.add(dense({ units: classes }), net.add(firstToken(), net.add(layerNorm(), x)));
  return net.build();
}

/** 16 from 128 pixels on, 8 from 64, 4 from 32, and so on. */
function patchFor([height, width]: Shape): number {
  const most = Math.min(height, width) / FEWEST_PATCHES;
  return Math.max(1, Math.min(LARGEST_PATCH, 2 ** Math.floor(Math.log2(most))));
}
