// What the model.json of a TF.js layers model may say, checked piece by piece: it is somebody's file, and none of it is trusted.
import * as v from 'valibot';
import { OwnLayersSchema, type OwnLayer } from './own-layers';

/** Lists in lists: more than models inside models need, and few enough to be walked. */
const MOST_DEPTH = 500;

/** Before it is parsed. */
export function isNestedTooDeep(text: string): boolean {
  let [depth, isText] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isText && character === '\\') at++;
    else if (character === '"') isText = !isText;
    else if (isText) continue;
    else if (character === '[' || character === '{') {
      if (++depth > MOST_DEPTH) return true;
    } else if (character === ']' || character === '}') depth--;
  }
  return false;
}

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const FileSchema = v.looseObject({
  format: v.optional(v.string()),
  modelTopology: v.unknown(),
  weightsManifest: v.unknown(),
  userDefinedMetadata: v.optional(v.looseObject({ overbatch: v.optional(v.unknown()), labels: v.optional(v.array(v.string())) })),
});

const EntrySchema = v.looseObject({
  class_name: v.string(),
  name: v.optional(v.string()),
  config: v.union([v.record(v.string(), v.unknown()), v.array(v.unknown())]),
  inbound_nodes: v.optional(v.array(v.unknown())),
});
export type LayerEntry = v.InferOutput<typeof EntrySchema>;

const Entries = v.array(EntrySchema);
const ContainerSchema = v.looseObject({ layers: Entries, input_layers: v.optional(v.unknown()), output_layers: v.optional(v.unknown()) });
export type Container = v.InferOutput<typeof ContainerSchema>;

const side = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100_000)));
const BatchShape = v.tuple([v.null(), side, side, side]);

const ManifestSchema = v.array(
  v.looseObject({
    paths: v.array(v.string()),
    weights: v.array(
      v.looseObject({
        name: v.string(),
        shape: v.array(size),
        dtype: v.picklist(['float32', 'int32', 'bool']),
        quantization: v.optional(
          v.looseObject({ dtype: v.picklist(['uint8', 'uint16', 'float16']), scale: v.optional(v.number()), min: v.optional(v.number()) }),
        ),
      }),
    ),
  }),
);
export type WeightGroup = v.InferOutput<typeof ManifestSchema>[number];
export type WeightEntry = WeightGroup['weights'][number];

const parsed = <T>(result: { success: true; output: T } | { success: false }): T | undefined =>
  result.success ? result.output : undefined;

/** Each undefined where it is not that. */
export const parseLayersFile = (text: string) => parsed(v.safeParse(v.pipe(v.string(), v.parseJson(), FileSchema), text));

/** The model inside; converters wrap it once more. */
export function parseModelEntry(topology: unknown): LayerEntry | undefined {
  const wrapped = parsed(v.safeParse(v.looseObject({ model_config: v.unknown() }), topology));
  return parsed(v.safeParse(EntrySchema, wrapped ? wrapped.model_config : topology));
}

/** The layers of a sequential or functional model; older sequential ones are a list alone. */
export const parseContainer = ({ config }: LayerEntry): Container | undefined =>
  parsed(v.safeParse(ContainerSchema, Array.isArray(config) ? { layers: config } : config));

/** Height, width, channels; null: any. */
export const parseInputShape = (batchShape: unknown): (number | null)[] | undefined =>
  parsed(v.safeParse(BatchShape, batchShape))?.slice(1);

export const parseWeightsManifest = (manifest: unknown): WeightGroup[] | undefined => parsed(v.safeParse(ManifestSchema, manifest));

export const parseOwnLayers = (layers: unknown): OwnLayer[] | undefined => parsed(v.safeParse(OwnLayersSchema, layers));

/** Name of the layer in [name, node, tensor]. */
export const parseReference = (value: unknown): string | undefined =>
  parsed(v.safeParse(v.looseTuple([v.string(), v.number(), v.number()]), value))?.[0];
