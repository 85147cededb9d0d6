import { addTour, choose, openPage, press, type } from "./tour_steps";


const rowOf = (text) => `.o_list_view .o_data_row:contains('${text}')`;

addTour("cadre_review_office_looks_ahead", {
    steps: () => [
        openPage("deadlines"),
        {
            // as ordered, and the last day in words
            trigger: ".o_field_widget[name='deadline_ids']:contains('trước ngày 01/12/2022'):contains('30/11/2022 (Thứ Tư)')",
        },
        openPage("urging"),
        press("action_preview_urging"),
        {
            trigger: ".modal .o_data_row:contains('25/11/2022'):contains('hdnd.phuonga@test.example')",
        },
        {
            trigger: ".modal .o_field_widget[name='step_id'] input",
            run: "click",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('10')",
            run: "click",
        },
        {
            trigger: ".modal footer button[name='action_send_test']",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('vanphong@test.example')",
        },
    ],
});

addTour("cadre_review_office_urges", {
    steps: () => [
        // the job has not run since the day before yesterday
        {
            trigger: ".o_review_stale:contains('26 hours'):contains('năm 2022')",
        },
        {
            trigger: `${rowOf("phường A")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: "button[name='action_urge_now']",
            run: "click",
        },
        {
            trigger: ".o_notification:contains('1 mails')",
        },
        {
            trigger: `${rowOf("xã B")} button[name='action_log_call']`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='urging_text']:contains('xã B')",
        },
        ...choose("channel", "Zalo").map((step) => ({
            ...step,
            trigger: step.trigger.replace(".o_form_view", ".modal .o_form_view"),
        })),
        type("note", "Hẹn chiều mai"),
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: "button[data-menu-xmlid='cadre_review.cadre_review_urging_menu']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='cadre_review.cadre_review_reminder_line_menu']",
            run: "click",
        },
        {
            trigger: `${rowOf("xã B")}:contains('Zalo'):contains('Hẹn chiều mai')`,
        },
    ],
});

addTour("cadre_review_office_changes_words", {
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name='subject'] :is(input, textarea)",
            run: "edit Nhắc: {{ object.headline }}",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
