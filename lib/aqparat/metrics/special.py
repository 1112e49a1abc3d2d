"""The functions of scipy.special that chance is reckoned with.

scipy copies all that NumPy has, also what NumPy itself imports only on demand; of that nothing here uses the
compiler of Fortran and the helps for tests, which take as long to import as scipy.special itself.
"""

from __future__ import annotations

import numpy  # noqa: F401  (a part of it is left out below)

from aqparat.absent import bare

with bare("numpy", "f2py", "testing"):
    from scipy.special import betaincinv, entr, gammainccinv, gammaincinv, ndtri, pdtr, pdtrik

__all__ = ["betaincinv", "entr", "gammainccinv", "gammaincinv", "ndtri", "pdtr", "pdtrik"]
