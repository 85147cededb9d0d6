import { addTour, inState, press } from "./tour_steps";

addTour("cadre_review_clerk_takes_roster_over", {
    steps: () => [
        inState("file"),
        press("action_read"),
        inState("columns"),
        // what stands in which column was guessed from the headings
        {
            trigger:
                ".o_field_widget[name='column_ids'] .o_data_row:contains('Họ và tên'):contains('Full name')",
        },
        press("action_preview"),
        inState("preview"),
        {
            trigger:
                ".o_field_widget[name='change_ids'] .o_data_row:contains('Đinh Thị Mới')",
        },
        press("action_import"),
        inState("done"),
        press("action_open_result"),
        {
            trigger:
                ".o_field_widget[name='line_ids'] .o_data_row:contains('Đinh Thị Mới')",
        },
    ],
});

addTour("cadre_review_clerk_sees_bad_cells", {
    steps: () => [
        press("action_read"),
        press("action_preview"),
        inState("preview"),
        {
            trigger:
                ".o_field_widget[name='problem_ids'] .o_data_row:contains('30/13/1975')",
        },
        {
            trigger: ".o_field_widget[name='marked_file']",
        },
        {
            trigger: ".o_form_view:not(:has(button[name='action_import']))",
        },
    ],
});
