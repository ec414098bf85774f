"""Why a score is what it is: from a total down to the file and the person behind each point, as of any day."""

from models.explaining.at import explained_at
from models.explaining.explained import Explained, Place, walk
from models.explaining.known import Known

__all__ = ["Explained", "Known", "Place", "explained_at", "walk"]
