from . import (
    ir_actions_report,
    plain_pages,
    word_file,
    campaign_letter_report,
    collective_report_report,
    decision_report,
    history_sheet_report,
    minutes_report,
    rating_form_report,
    urging_letter_report,
    hand_in_reports,
)
