// Every way to take a model away: one line here, one file beside, its card in shared/exports.ts.
import type { ExportName } from '#shared/exports';
import type { Exporter } from './exporter';
import { html } from './html';
import { keras } from './keras/exporter';
import { onnx } from './onnx/exporter';
import { pytorch } from './pytorch/project';
import { tfjs } from './tfjs';

export const EXPORTERS: Record<ExportName, Exporter> = { html, tfjs, keras, onnx, pytorch };
