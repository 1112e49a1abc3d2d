"""aqparat: a trade union's half-year report on its information work, made from data."""

from aqparat.data.prepare import Tables, load
from aqparat.period import Period

__all__ = ["Period", "Tables", "load"]
