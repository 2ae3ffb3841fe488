"""Py Sandbox: runs untrusted Python with the harm removed, in a kernel jail."""

from importlib.metadata import version

__version__: str = version("py_sandbox")
__all__ = ["__version__"]
