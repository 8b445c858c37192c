"""How do trained weights become the ONNX file that the program runs?

The graph is written node by node: one pair a run, no padding, so that a score depends on the pair alone. Weights are
8-bit, one scale a column, in [-63, 63]: sums of 255 x 63 in pairs fit 16 bits, so that processors without VNNI do not
saturate. Activations are quantised as they come (DynamicQuantizeLinear).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tools.judge_model import SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping

OPSET = 20
IR_VERSION = 10
LARGEST = 63
"""Of a weight after quantisation; 127 would use all eight bits."""
LARGEST_ROW = 127
"""Of an embedding, which is never multiplied in integers."""


class Graph:
    """An ONNX graph that grows node by node."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._n_names = 0

    def several(self, n_outputs: int, kind: str, *inputs: str, **attributes: Any) -> list[str]:
        """Add a node; the names of its outputs."""
        self._n_names += 1
        outputs = [f"{kind.lower()}{self._n_names}_{number}" for number in range(n_outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs

    def one(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output; its name."""
        return self.several(1, kind, *inputs, **attributes)[0]

    def constant(self, name: str, value: np.ndarray) -> str:
        """Add a constant; its name."""
        if all(known.name != name for known in self.constants):
            self.constants.append(numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str) -> str:
        """Add a float32 weight of the network."""
        return self.constant(name, self._weights[name].astype(np.float32))

    def linear(self, x: str, name: str) -> str:
        """A linear layer with 8-bit weights."""
        weight = self._weights[f"{name}.weight"].T
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-12) / LARGEST
        quantised = np.rint(weight / scale).astype(np.int8)
        self.constant(f"{name}.q", quantised)
        self.constant(f"{name}.scale", scale.astype(np.float32))
        self.constant("zero", np.array(0, np.int8))
        values, x_scale, x_zero = self.several(3, "DynamicQuantizeLinear", x)
        product = self.one("MatMulInteger", values, f"{name}.q", x_zero, "zero")
        scales = self.one("Mul", x_scale, f"{name}.scale")
        return self.one("Add", self.one("Mul", self.one("Cast", product, to=1), scales), self.weight(f"{name}.bias"))

    def rows(self, name: str, ids: str) -> str:
        """The rows of an embedding, 8-bit with one scale a row."""
        table = self._weights[f"{name}.weight"]
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / LARGEST_ROW
        self.constant(f"{name}.q", np.rint(table / scale).astype(np.int8))
        self.constant(f"{name}.scale", scale.astype(np.float32))
        values = self.one("Cast", self.one("Gather", f"{name}.q", ids), to=1)
        return self.one("Mul", values, self.one("Gather", f"{name}.scale", ids))

    def norm(self, x: str, name: str) -> str:
        """A layer norm."""
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.one("LayerNormalization", x, weight, bias, axis=-1, epsilon=SMALL.epsilon)

    def shape(self, *sizes: int) -> str:
        """A shape as a constant."""
        return self.constant("shape_" + "_".join(map(str, sizes)).replace("-", "m"), np.array(sizes, np.int64))


def _attention(graph: Graph, x: str, name: str) -> str:
    heads = graph.shape(-1, SMALL.n_heads, SMALL.width // SMALL.n_heads)
    graph.constant("thirds", np.array([SMALL.width] * 3, np.int64))
    parts = graph.several(3, "Split", graph.linear(x, f"{name}.qkv"), "thirds", axis=-1)
    query, key, value = (graph.one("Reshape", part, heads) for part in parts)
    query, value = (graph.one("Transpose", part, perm=[1, 0, 2]) for part in (query, value))
    key = graph.one("Transpose", key, perm=[1, 2, 0])
    graph.constant("root", np.array((SMALL.width / SMALL.n_heads) ** -0.5, np.float32))
    seen = graph.one("Softmax", graph.one("Mul", graph.one("MatMul", query, key), "root"), axis=-1)
    joined = graph.one("Transpose", graph.one("MatMul", seen, value), perm=[1, 0, 2])
    return graph.linear(graph.one("Reshape", joined, graph.shape(-1, SMALL.width)), f"{name}.out")


def _layer(graph: Graph, x: str, name: str) -> str:
    x = graph.norm(graph.one("Add", x, _attention(graph, x, name)), f"{name}.norm1")
    inner = graph.one("Gelu", graph.linear(x, f"{name}.up"))
    return graph.norm(graph.one("Add", x, graph.linear(inner, f"{name}.down")), f"{name}.norm2")


def build(weights: Mapping[str, np.ndarray], pieces: tuple[str, ...], calibration: tuple[float, float]) -> bytes:
    """The file: inputs `ids` and `sides` (int64, one row of tokens), output `score` in [0, 1].

    Args:
        weights: Of the trained network, float32, by torch's names.
        pieces: The vocabulary; it travels in the file.
        calibration: Factor and offset that turn the network's logit into that of a probability.
    """
    graph = Graph(weights)
    places = graph.one("Range", *_counting(graph))
    graph.constant("sides.weight", weights["sides.weight"].astype(np.float32))
    embedded = graph.one("Add", graph.rows("pieces", "ids"), graph.rows("places", places))
    x = graph.norm(graph.one("Add", embedded, graph.one("Gather", "sides.weight", "sides")), "norm")
    for number in range(SMALL.n_layers):
        x = _layer(graph, x, f"layers.{number}")
    score = _head(graph, x, calibration)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["tokens"]) for name in ("ids", "sides")]
    graph.nodes.append(helper.make_node("Sigmoid", [score], ["score"]))
    output = helper.make_tensor_value_info("score", TensorProto.FLOAT, [1])
    made = helper.make_graph(graph.nodes, "judge", inputs, [output], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    helper.set_model_props(model, {"pieces": "\n".join(pieces)})
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _counting(graph: Graph) -> tuple[str, str, str]:
    """From 0 to the number of tokens by 1."""
    start, step = (graph.constant(f"int{number}", np.array(number, np.int64)) for number in (0, 1))
    return start, graph.one("Size", "ids"), step


def _head(graph: Graph, x: str, calibration: tuple[float, float]) -> str:
    """The first token beside the mean of the passage's, to the calibrated logit."""
    told = graph.one("Unsqueeze", graph.one("Cast", "sides", to=1), graph.constant("last", np.array([1], np.int64)))
    graph.constant("first", np.array([0], np.int64))
    total = graph.one("ReduceSum", graph.one("Mul", x, told), "first", keepdims=1)
    mean = graph.one("Div", total, graph.one("ReduceSum", told, "first", keepdims=1))
    both = graph.one("Concat", graph.one("Gather", x, "first", axis=0), mean, axis=1)
    factor, offset = calibration
    weight = graph.constant("head", (graph._weights["head.weight"].T * factor).astype(np.float32))  # noqa: SLF001
    bias = graph.constant("head.bias", (graph._weights["head.bias"] * factor + offset).astype(np.float32))  # noqa: SLF001
    return graph.one("Reshape", graph.one("Add", graph.one("MatMul", both, weight), bias), graph.shape(1))
