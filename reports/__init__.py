from . import (
    ir_actions_report,
    campaign_letter_report,
    minutes_report,
    rating_form_report,
    urging_letter_report,
    hand_in_reports,
)
