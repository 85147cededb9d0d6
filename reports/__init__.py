from . import (
    ir_actions_report,
    office_paper,
    appraisal_reports,
    campaign_letter_report,
    collective_report_report,
    decision_report,
    history_sheet_report,
    minutes_report,
    rating_form_report,
    urging_letter_report,
    hand_in_reports,
    session_papers,
)
