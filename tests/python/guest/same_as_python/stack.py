import inspect
import sys
import traceback
import warnings

traceback.print_stack()
print(sys._getframe().f_back, len(inspect.stack()), sys.exc_info(), sys.exception() if hasattr(sys, "exception") else None)
warnings.warn("of the caller", stacklevel=2)
print(hasattr(sys, "last_type"), hasattr(sys, "last_value"), sys.excepthook is sys.__excepthook__)


def function():
    traceback.print_stack()
    try:
        1 / 0
    except ZeroDivisionError:
        traceback.print_exc()
    print(sys._getframe(1).f_back)


function()
