from . import (
    cadre_review_move_reason,
    cadre_review_finding,
    cadre_review_campaign_opening_wizard,
    cadre_review_keying,
    cadre_review_export,
    cadre_review_importing,
    cadre_review_regulation_override,
    cadre_review_regulation_supersede,
    cadre_review_urging_preview,
)
