// Our own convolution without memory for a filter in panels.
import { exhaustedConvolution } from '#test/support/exhausted-convolution';

exhaustedConvolution('ours', 1, /OOM when allocating tensor/);
