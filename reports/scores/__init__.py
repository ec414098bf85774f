"""The score workbook that an administrator takes away."""

from reports.scores.export import Exported, export_scores

__all__ = ["Exported", "export_scores"]
