import { addTour, choose, inState, openPage, press, typeRow } from "./tour_steps";

const TEXTS = 11; // sections of HD 21 that are no headings
const addRow = (list) => ({
    trigger: `.o_field_widget[name='${list}'] .o_field_x2many_list_row_add a`,
    run: "click",
});
const typeIn = (list, name, text) => ({
    trigger: `.o_field_widget[name='${list}'] .o_selected_row .o_field_widget[name='${name}'] :is(input, textarea)`,
    run: `edit ${text}`,
});
const versions = (number) => ({
    trigger: `.o_field_widget[name='picture_ids'] .o_data_row:eq(${number - 1})`,
});

addTour("cadre_review_officer_writes_report", {
    steps: () => [
        inState("preparing"),
        press("action_open_report"),
        inState("draft"),
        ...[...Array(TEXTS).keys()].flatMap((number) =>
            typeRow("section_ids", number, { text: "Đã thực hiện" })
        ),
        openPage("targets"),
        addRow("target_ids"),
        typeIn("target_ids", "name", "Giám sát chuyên đề"),
        typeIn("target_ids", "plan", "4"),
        typeIn("target_ids", "result", "5"),
        openPage("shortcomings"),
        addRow("shortcoming_ids"),
        typeIn("shortcoming_ids", "name", "Tiếp xúc cử tri còn ít"),
        typeIn("shortcoming_ids", "cause", "Địa bàn rộng"),
        openPage("suggestions"),
        ...typeRow("answer_ids", 0, { text: "Đã khắc phục trong quý IV" }),
        press("action_send"),
        inState("sent"),
        openPage("versions"),
        versions(1),
        openPage("sections"),
        ...typeRow("section_ids", 0, { text: "Bổ sung theo kiểm điểm cá nhân" }),
        openPage("rating"),
        ...choose("proposed_level", "Good completion"),
        press("action_complete"),
        inState("final"),
        openPage("versions"),
        versions(2),
        {
            trigger:
                ".o_field_widget[name='changes']:contains('Bổ sung theo kiểm điểm cá nhân')",
        },
    ],
});

addTour("cadre_review_office_suggests", {
    steps: () => [
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name='action_suggest']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='name'] textarea",
            run: "edit Làm rõ việc chậm giám sát chuyên đề",
        },
        {
            trigger: ".modal button[name='action_suggest']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:eq(1):contains('Làm rõ việc chậm')",
        },
    ],
});

addTour("cadre_review_person_answers", {
    steps: () => [
        press("action_self"),
        inState("draft"),
        press("action_view_suggestions"),
        {
            trigger:
                ".o_list_view .o_data_row:eq(0):contains('tiếp công dân') button[name='action_answer']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='text'] textarea",
            run: "edit Tôi đã tiếp công dân đủ số buổi",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_cell[name='is_answered'] input:checked",
        },
    ],
});
