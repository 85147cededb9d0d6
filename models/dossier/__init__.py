from . import (
    dossier,
    dossier_part,
    rating,
    paper,
    campaign_opening,
)
