from . import (
    dossier,
    rating,
    paper,
    campaign_opening,
)
