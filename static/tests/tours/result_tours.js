import {
    addTour,
    chooseInRow,
    inState,
    openPage,
    press,
    type,
    typeMoment,
} from "./tour_steps";


addTour("cadre_review_office_records_session", {
    steps: () => [
        press("action_view_sessions"),
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...typeMoment("date_start", "11/21/2022 08:00:00"),
        type("place", "Phòng họp"),
        type("chair", "Nguyễn Thị Ký"),
        type("secretary", "Ngô Thị Thư"),
        type("source_place", "Tủ hồ sơ 2"),
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        press("action_gather"),
        {
            trigger: ".o_stat_value:contains('60')",
        },
        press("action_prepare"),
        inState("prepared"),
        // the pack: who is late, whose dossier is not accepted
        openPage("pack"),
        {
            trigger: ".o_field_widget[name='incomplete_dossier_ids']",
        },
        openPage("lines"),
        ...chooseInRow("line_ids", 0, "level", "good"),
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        press("action_conclude_as_appraised"),
        {
            trigger: ".o_field_widget[name='concluded_count']:contains('60')",
        },
        press("action_conclude"),
        inState("concluded"),
        press("action_view_decisions"),
        {
            trigger: ".o_data_row .o_data_cell:contains('HĐND thị xã Thử')",
            run: "click",
        },
        inState("draft"),
    ],
});

addTour("cadre_review_person_objects", {
    steps: () => [
        {
            trigger: ".o_field_widget[name='notified_level']:contains('Good')",
        },
        press("action_object"),
        {
            trigger: ".o_form_view .o_field_widget[name='text'] textarea",
            run: "edit Đề nghị xem lại tiêu chí 5",
        },
        press("action_file"),
        inState("filed"),
    ],
});

addTour("cadre_review_office_grants_objection", {
    steps: () => [
        inState("filed"),
        type("answer", "Kiến nghị có cơ sở, nâng mức"),
        ...typeMoment("answer_date", "11/21/2022"),
        type("answer_signer", "Nguyễn Thị Ký"),
        type("answer_place", "Tủ hồ sơ 2"),
        press("action_grant"),
        inState("granted"),
        {
            trigger: ".o_field_widget[name='outcome_line_id']:contains('Trần Thị Bình')",
        },
    ],
});

addTour("cadre_review_shortcoming_meets_its_owner", {
    steps: () => [
        openPage("shortcomings"),
        {
            trigger: ".o_form_view button[name='action_carry_over']:enabled",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name='shortcoming_ids'] .o_data_row:contains('Có việc còn chậm'):contains('Being remedied')",
        },
        // the plan goes on: remedied with its evidence
        {
            trigger: ".o_form_view button[name='action_view_shortcomings']:enabled",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Có việc còn chậm')",
        },
    ],
});

addTour("cadre_review_officer_remedies", {
    steps: () => [
        inState("fixing"),
        press("action_fix"),
        {
            trigger: ".modal .modal-body:contains('neither evidence')",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        type("evidence", "BC 12/HĐND"),
        press("action_fix"),
        inState("fixed"),
    ],
});
