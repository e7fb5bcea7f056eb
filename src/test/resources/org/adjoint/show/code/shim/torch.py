"""The part of PyTorch's interface that generated code uses, over NumPy, where PyTorch is not installed.

Tensors are no arrays here: what PyTorch does not offer under these names, or refuses (a number where a tensor is
needed, a keyword of NumPy, a slice that goes backward, mixed types in a constructor), fails here too.
"""
import math

import numpy as np

float64 = np.dtype("float64")
float32 = np.dtype("float32")
int64 = np.dtype("int64")
bool_ = np.dtype("bool")


def _dtype(dtype):
    return float32 if dtype is None else dtype


class Tensor:
    def __init__(self, array):
        self._a = np.asarray(array)

    @property
    def shape(self):
        return self._a.shape

    @property
    def ndim(self):
        return self._a.ndim

    @property
    def dtype(self):
        return self._a.dtype

    @property
    def device(self):
        return "cpu"

    @property
    def T(self):
        if self._a.ndim != 2:
            raise RuntimeError("T is for matrices")
        return Tensor(self._a.T)

    def to(self, dtype=None, device=None):
        return Tensor(self._a.astype(dtype))

    def detach(self):
        return self

    def reshape(self, *shape):
        return Tensor(self._a.reshape(*shape))

    def tolist(self):
        return self._a.tolist()

    def index_put(self, indices, values, accumulate=False):
        out = self._a.copy()
        assert accumulate
        np.add.at(out, tuple(i._a for i in indices), values._a)
        return Tensor(out)

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        plain = []
        for k in keys:
            if isinstance(k, slice) and k.step is not None and k.step <= 0:
                raise ValueError("step must be greater than zero")
            plain.append(k._a if isinstance(k, Tensor) else k)
        return Tensor(self._a[tuple(plain)])

    def __matmul__(self, other):
        return Tensor(self._a @ _tensor(other)._a)

    def __neg__(self):
        return Tensor(-self._a)

    def __int__(self):
        return int(self._a)

    def __bool__(self):
        return bool(self._a)


def _tensor(x):
    if not isinstance(x, Tensor):
        raise TypeError(f"a Tensor is needed, got {type(x).__name__}")
    return x


def _value(x, like):
    """Numbers of Python take the type of the tensor beside them."""
    if isinstance(x, Tensor):
        return x._a
    if isinstance(x, (bool, int, float)):
        kind = like.dtype if like.dtype.kind == "f" or isinstance(x, int) else float32
        return np.asarray(x, dtype=kind)
    raise TypeError(f"a Tensor or a number is needed, got {type(x).__name__}")


def _binary(operation, compare=False):
    def forward(self, other):
        a, b = self._a, _value(other, self)
        if not compare and a.dtype.kind == "f" and b.dtype.kind == "f" and a.dtype != b.dtype:
            raise TypeError(f"mixed types {a.dtype} and {b.dtype}")
        return Tensor(operation(a, b))

    def backward(self, other):
        return Tensor(operation(_value(other, self), self._a))

    return forward, backward


for _name, _operation in dict(add=np.add, sub=np.subtract, mul=np.multiply, truediv=np.true_divide, pow=np.power,
                              mod=np.mod).items():
    _f, _b = _binary(_operation)
    setattr(Tensor, f"__{_name}__", _f)
    setattr(Tensor, f"__r{_name}__", _b)
Tensor.__and__ = _binary(np.logical_and)[0]
for _name, _operation in dict(lt=np.less, le=np.less_equal, gt=np.greater, ge=np.greater_equal, eq=np.equal,
                              ne=np.not_equal).items():
    setattr(Tensor, f"__{_name}__", _binary(_operation, compare=True)[0])


def _unary(operation):
    return lambda x: Tensor(operation(_tensor(x)._a))


exp, log, log1p, expm1, sqrt = map(_unary, (np.exp, np.log, np.log1p, np.expm1, np.sqrt))
abs, sign, sin, cos, tan = map(_unary, (np.abs, np.sign, np.sin, np.cos, np.tan))
asin, acos, atan, sinh, cosh = map(_unary, (np.arcsin, np.arccos, np.arctan, np.sinh, np.cosh))
tanh, floor, zeros_like = map(_unary, (np.tanh, np.floor, np.zeros_like))
erf = _unary(np.vectorize(math.erf, otypes=[float]))
erfc = _unary(np.vectorize(math.erfc, otypes=[float]))
sigmoid = _unary(lambda x: 1 / (1 + np.exp(-x)))
relu = _unary(lambda x: np.maximum(x, 0.0))


def _pair(operation):
    return lambda x, y: Tensor(operation(_tensor(x)._a, _tensor(y)._a))


maximum, minimum, logaddexp = map(_pair, (np.maximum, np.minimum, np.logaddexp))


def clamp(x, min=None, max=None):
    return Tensor(np.clip(_tensor(x)._a, min, max))


def where(condition, x, y):
    if _tensor(condition)._a.dtype != bool_:
        raise RuntimeError("where needs a condition of type bool")
    like = x if isinstance(x, Tensor) else _tensor(y)
    return Tensor(np.where(condition._a, _value(x, like), _value(y, like)))


def tensor(values, dtype=None, device=None):
    if isinstance(values, Tensor):
        raise TypeError("tensor() copies no tensors here")
    if isinstance(values, bool):
        return Tensor(np.asarray(values))
    return Tensor(np.asarray(values, dtype=_dtype(dtype)))


def zeros(shape, dtype=None, device=None):
    return Tensor(np.zeros(shape, dtype=_dtype(dtype)))


def ones(shape, dtype=None, device=None):
    return Tensor(np.ones(shape, dtype=_dtype(dtype)))


def full(shape, value, dtype=None, device=None):
    if not isinstance(value, (int, float)):
        raise TypeError("full() takes a number")
    return Tensor(np.full(shape, value, dtype=_dtype(dtype)))


def eye(n, dtype=None, device=None):
    return Tensor(np.eye(n, dtype=_dtype(dtype)))


def arange(n, dtype=None, device=None):
    return Tensor(np.arange(n, dtype=int64 if dtype is None else dtype))


def broadcast_to(x, shape):
    return Tensor(np.broadcast_to(_tensor(x)._a, shape))


def sum(x, dim=None):
    return Tensor(np.sum(_tensor(x)._a, axis=dim))


def amax(x, dim):
    return Tensor(np.max(_tensor(x)._a, axis=dim))


def argmax(x, dim):
    return Tensor(np.argmax(_tensor(x)._a, axis=dim))


def prod(x, dim):
    if not isinstance(dim, int):
        raise TypeError("prod takes one axis")
    return Tensor(np.prod(_tensor(x)._a, axis=dim))


def logsumexp(x, dim):
    top = np.max(_tensor(x)._a, axis=dim, keepdims=True)
    return Tensor(np.log(np.sum(np.exp(x._a - top), axis=dim)) + np.squeeze(top, axis=dim))


def movedim(x, source, destination):
    return Tensor(np.moveaxis(_tensor(x)._a, source, destination))


def permute(x, dims):
    return Tensor(np.transpose(_tensor(x)._a, dims))


def reshape(x, shape):
    return Tensor(np.reshape(_tensor(x)._a, shape))


def cat(tensors, dim=0):
    return Tensor(np.concatenate([_tensor(x)._a for x in tensors], axis=dim))


def outer(x, y):
    return Tensor(np.outer(_tensor(x)._a, _tensor(y)._a))


def diag(x):
    return Tensor(np.diag(_tensor(x)._a))


def einsum(equation, *tensors):
    return Tensor(np.einsum(equation, *[_tensor(x)._a for x in tensors], optimize=True))


class linalg:
    inv = staticmethod(_unary(np.linalg.inv))
    det = staticmethod(_unary(np.linalg.det))

    @staticmethod
    def slogdet(x):
        return tuple(Tensor(part) for part in np.linalg.slogdet(_tensor(x)._a))

    @staticmethod
    def matrix_power(x, k):
        return Tensor(np.linalg.matrix_power(_tensor(x)._a, k))

    @staticmethod
    def matrix_exp(x):
        term = out = np.broadcast_to(np.eye(_tensor(x).shape[-1]), x.shape)
        for k in range(1, 200):
            term = term @ x._a / k
            out = out + term
        return Tensor(out)
