"""Builds networks from exported model.py files, with their trained weights, and answers with them; see test/support/exports/judge.ts."""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import torch

folder = Path(sys.argv[1])
torch.set_num_threads(1)


def module_of(file: Path):
    spec = importlib.util.spec_from_file_location(f"model_{file.parent.name}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(job: dict) -> dict:
    file = Path(job["file"])
    # What model.py takes from beside it is the same in every export.
    sys.path.insert(0, str(file.parent))
    from samples import read_state

    network = module_of(file.parent / "model.py").Network()
    network.load_state_dict(read_state(file))
    inputs = torch.from_numpy(np.fromfile(job["inputs"], np.float32).reshape(job["shape"]))
    with torch.no_grad():
        outputs = network.eval()(inputs.permute(0, 3, 1, 2) if inputs.dim() == 4 else inputs)
    if outputs.shape[1] > 1:
        outputs = outputs.softmax(1)
    outputs = (outputs.permute(0, 2, 3, 1) if outputs.dim() == 4 else outputs).contiguous().numpy()
    outputs.tofile(job["outputs"])
    return {"shape": outputs.shape}


def attempt(job: dict) -> dict:
    try:
        return answer(job)
    except Exception as error:
        return {"problem": f"{type(error).__name__}: {error}"}


jobs = json.loads((folder / "jobs.json").read_text())
(folder / "answers.json").write_text(json.dumps([attempt(job) for job in jobs]))
