import { addTour, inState, press, type } from "./tour_steps";

const openGroup = (label) => ({
    trigger: `.o_list_view .o_group_header:contains('${label}'):not(.o_group_open)`,
    run: "click",
});

addTour("cadre_review_office_prepares_session", {
    steps: () => [
        // what the rules find, each with its article
        press("action_show_findings"),
        openGroup("Warns"),
        {
            trigger: ".o_data_row:contains('B1'):contains('the cap allows 1')",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item:first a",
            run: "click",
        },
        // the board, live under both bases
        press("action_caps"),
        openGroup("HĐND thị xã Thử"),
        {
            trigger: ".o_data_row:contains('Phó Chủ tịch thử'):contains('0 / 1')",
        },
        {
            trigger: ".o_data_row .badge:contains('Above the cap')",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item:first a",
            run: "click",
        },
        // the roll becomes the draft of a conclusion
        press("action_view_ratings"),
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name='action_draft_decisions']",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('HĐND thị xã Thử') .o_data_cell",
            run: "click",
        },
        inState("draft"),
        type("number", "15-KL/TT"),
        type("signer", "Nguyễn Thị Ký"),
        {
            trigger: ".o_form_view .o_field_widget[name='date'] :is(input, button)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='date'] input",
            run: "edit 11/21/2022 && press Escape",
        },
        press("action_issue"),
        {
            trigger: ".modal .modal-body:contains('the cap allows 1')",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        inState("draft"),
    ],
});

addTour("cadre_review_office_issues_within_cap", {
    steps: () => [inState("draft"), press("action_issue"), inState("issued")],
});
