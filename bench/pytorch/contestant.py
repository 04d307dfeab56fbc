# PyTorch's gradient accumulation, driven line by line over stdin and stdout: contestant.py eager|compile nchw|channels_last THREADS
import json
import os
import sys
import time

# Libraries may print; the driver's line is kept for answers.
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

import torch  # noqa: E402
from torch.nn import functional as F  # noqa: E402

from memory import PeakMemory  # noqa: E402
from networks import build  # noqa: E402
from samples import read_samples  # noqa: E402
from weights import read_weights, write_values  # noqa: E402

way, layout, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
MEMORY_FORMAT = torch.channels_last if layout == "channels_last" else torch.contiguous_format


class Contestant:
    def __init__(self, task: dict):
        self.network = build(task["network"], task["size"], task["channels"], task["classes"])
        read_weights(self.network, task["weightsFile"])
        self.network = self.network.to(memory_format=MEMORY_FORMAT).train()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=task["rate"], momentum=0.9, fused=True)
        x, y = read_samples(task["samplesFile"], task)
        self.pieces = [
            (a.clone(memory_format=MEMORY_FORMAT), b.clone()) for a, b in zip(x.split(task["micro"]), y.split(task["micro"]))
        ]
        samples = len(y)

        # Every sample weighs the same: the sum over a piece, divided by the mini-batch.
        def loss_of(x, y):
            return F.cross_entropy(self.network(x), y, reduction="sum") / samples

        self.loss_of = torch.compile(loss_of) if way == "compile" else loss_of

    def step(self) -> float:
        """One mini-batch: its pieces, one update."""
        self.optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for x, y in self.pieces:
            loss = self.loss_of(x, y)
            loss.backward()
            total = total + loss.detach()
        self.optimizer.step()
        return float(total)


def load_library() -> None:
    """What belongs to the library and not to the network: its threads, and the compiler's own modules."""
    torch.set_num_threads(threads)
    function = torch.compile(lambda t: t * 2) if way == "compile" else lambda t: t * 2
    function(torch.ones(8, requires_grad=True)).sum().backward()


def obey(request: dict) -> dict:
    global contestant
    match request["kind"]:
        case "prepare":
            contestant = Contestant(request["task"])
            return {}
        case "steps":
            start, cpu_start = time.perf_counter(), time.process_time()
            for _ in range(request["count"]):
                loss = contestant.step()
            milliseconds, cpu_milliseconds = (time.perf_counter() - start) * 1000, (time.process_time() - cpu_start) * 1000
            return {"milliseconds": milliseconds, "cpuMilliseconds": cpu_milliseconds, "loss": loss}
        case "weights":
            write_values(request["file"], contestant.network, lambda place: place.tensor)
            return {}
        case "reset-peak":
            memory.reset()
            return {}
        case "memory":
            return {"peakBytes": memory.peak()}
    raise ValueError(f"unknown request {request['kind']}")


load_library()
memory = PeakMemory()
contestant: Contestant
print(json.dumps({"version": f"PyTorch {torch.__version__}"}), file=answers)
for line in sys.stdin:
    print(json.dumps(obey(json.loads(line))), file=answers)
