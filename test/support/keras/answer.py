"""Opens .keras files with the Keras of TensorFlow, and answers with them; see test/support/exports/judge.ts."""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

folder = Path(sys.argv[1])


def answer(job: dict) -> dict:
    model = tf.keras.models.load_model(job["file"])
    inputs = np.fromfile(job["inputs"], np.float32).reshape(job["shape"])
    outputs = model(inputs, training=False).numpy()
    outputs.tofile(job["outputs"])
    return {"shape": outputs.shape}


def attempt(job: dict) -> dict:
    try:
        return answer(job)
    except Exception as error:
        return {"problem": f"{type(error).__name__}: {error}"}


jobs = json.loads((folder / "jobs.json").read_text())
(folder / "answers.json").write_text(json.dumps([attempt(job) for job in jobs]))
