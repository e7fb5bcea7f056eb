"""Softmax regression in NumPy, answering `adjoint check` line by line.

    adjoint check --command "python3 src/examples/numpy/my_gradient.py" --shape "W=[k,n]" --shape "b=[k]" --shape "x=[n]"

A line of JSON in, a line of JSON out:

    {"id": 1, "ask": "value", "inputs": {"W": [[..]], "b": [..], "x": [..]}}       ->  {"value": 1.25}
    {"id": 2, "ask": "gradient", "inputs": {"W": [[..]], "b": [..], "x": [..]}}    ->  {"gradient": {"W": .., "b": .., "x": ..}}
"""

import json
import sys

import numpy as np


def value(W, b, x):
    """log sum exp(W x + b) - (W x + b)[0]: the loss where the first class is the right one."""
    z = W @ x + b
    top = z.max()
    return top + np.log(np.exp(z - top).sum()) - z[0]


def gradient(W, b, x):
    z = W @ x + b
    p = np.exp(z - z.max())
    p /= p.sum()
    p[0] -= 1
    return {"W": np.outer(p, x), "b": p, "x": W.T @ p}


for line in sys.stdin:
    question = json.loads(line)
    inputs = {name: np.array(entries, dtype=float) for name, entries in question["inputs"].items()}
    if question["ask"] == "value":
        answer = {"value": float(value(**inputs))}
    else:
        answer = {"gradient": {name: g.tolist() for name, g in gradient(**inputs).items()}}
    print(json.dumps(answer), flush=True)
