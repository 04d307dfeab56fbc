"""Opens ONNX files with ONNX's own checker and onnxruntime, and answers with them; see test/support/exports/judge.ts."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

folder = Path(sys.argv[1])


def answer(job: dict) -> dict:
    onnx.checker.check_model(job["file"], full_check=True)
    session = onnxruntime.InferenceSession(job["file"], providers=["CPUExecutionProvider"])
    inputs = np.fromfile(job["inputs"], np.float32).reshape(job["shape"])
    outputs = session.run(None, {session.get_inputs()[0].name: inputs})[0]
    # Any number of samples, and each by itself.
    alone = session.run(None, {session.get_inputs()[0].name: inputs[-1:]})[0]
    if not np.allclose(alone, outputs[-1:], atol=1e-5):
        raise ValueError("A sample alone is answered otherwise than among others.")
    outputs.tofile(job["outputs"])
    return {"shape": outputs.shape}


def attempt(job: dict) -> dict:
    try:
        return answer(job)
    except Exception as error:
        return {"problem": f"{type(error).__name__}: {error}"}


jobs = json.loads((folder / "jobs.json").read_text())
(folder / "answers.json").write_text(json.dumps([attempt(job) for job in jobs]))
