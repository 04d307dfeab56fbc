# Weights and gradients as the engine lays them out: one row of float32, tensors in the engine's order and axes.
import numpy as np
import torch
from torch import nn

from vision_transformer import Learnt


class Place:
    """One tensor of the engine: where it lies in PyTorch, and how its axes are turned."""

    def __init__(self, module: nn.Module, name: str, shape: list[int], to_torch, to_engine, trainable: bool = True):
        self.module, self.name, self.shape, self.trainable = module, name, shape, trainable
        self.to_torch, self.to_engine = to_torch, to_engine

    @property
    def tensor(self) -> torch.Tensor:
        return getattr(self.module, self.name)


def same(t):
    return t


def places(network: nn.Module) -> list[Place]:
    found = []
    # Modules are registered in the order the engine adds its layers.
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
            first, second, height, width = module.weight.shape
            if module.groups == 1:
                hwio = [height, width, second, first]
                found.append(Place(module, "weight", hwio, lambda t: t.permute(3, 2, 0, 1), lambda t: t.permute(2, 3, 1, 0)))
            else:  # Depthwise: one filter a channel.
                hwc = [height, width, first, second]
                found.append(Place(module, "weight", hwc, lambda t: t.permute(2, 3, 0, 1), lambda t: t.permute(2, 3, 0, 1)))
            if module.bias is not None:
                found.append(Place(module, "bias", [module.out_channels], same, same))
        elif isinstance(module, nn.BatchNorm2d):
            channels = module.num_features
            found += [Place(module, name, [channels], same, same) for name in ("weight", "bias")]
            found += [Place(module, name, [channels], same, same, False) for name in ("running_mean", "running_var")]
        elif isinstance(module, nn.LayerNorm):
            found += [Place(module, name, list(module.normalized_shape), same, same) for name in ("weight", "bias")]
        elif isinstance(module, Learnt):
            found.append(Place(module, "value", list(module.value.shape), same, same))
        elif isinstance(module, nn.Linear):
            found += dense_places(module, network)
    return found


def dense_places(module: nn.Linear, network: nn.Module) -> list[Place]:
    out, features = module.weight.shape
    if module is getattr(network, "hidden", None):
        # Its input was flattened: channels last in the engine, channels first here.
        c, h, w = network.flattened
        kernel = Place(
            module,
            "weight",
            [features, out],
            lambda t: t.reshape(h, w, c, out).permute(3, 2, 0, 1).reshape(out, features),
            lambda t: t.reshape(out, c, h, w).permute(2, 3, 1, 0).reshape(features, out),
        )
    else:
        kernel = Place(module, "weight", [features, out], lambda t: t.t(), lambda t: t.t())
    return [kernel, Place(module, "bias", [out], same, same)]


def read_weights(network: nn.Module, file: str) -> None:
    """@raises ValueError when the file has another number of values than the network"""
    values = torch.from_numpy(np.fromfile(file, dtype=np.float32))
    start = 0
    with torch.no_grad():
        for place in places(network):
            size = int(np.prod(place.shape))
            place.tensor.copy_(place.to_torch(values[start : start + size].reshape(place.shape)))
            start += size
    if start != len(values):
        raise ValueError(f"{file} has {len(values)} values, the network {start}")


def write_values(file: str, network: nn.Module, value_of) -> None:
    """`value_of(place)` gives a tensor in PyTorch's layout; written with the bits it has."""
    with torch.no_grad(), open(file, "wb") as out:
        for place in places(network):
            out.write(place.to_engine(value_of(place).detach()).contiguous().numpy().tobytes())
