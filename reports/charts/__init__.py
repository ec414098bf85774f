"""Charts as PNG pictures, drawn with a Korean font of our own so that they look the same on every machine.

Fonts: Pretendard 1.3.9 (fonts/, unmodified, under the SIL Open Font License beside them).
"""

from reports.charts.trend import Trend, TrendWords, trend

__all__ = ["Trend", "TrendWords", "trend"]
