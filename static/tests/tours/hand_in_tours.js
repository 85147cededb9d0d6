import { addTour, inState, openPage, press, type } from "./tour_steps";

const reason = (text) => [
    {
        trigger: ".modal .o_field_widget[name='reason'] textarea",
        run: `edit ${text}`,
    },
    { trigger: ".modal button[name='action_confirm']", run: "click" },
];
const handedIn = inState("submitted");
const paperRow = (text) =>
    `.o_field_widget[name='paper_ids'] .o_data_row:contains('${text}')`;

/** The head sees what is missing, and hands in with a reason. */
addTour("cadre_review_hand_in_with_what_is_missing", {
    steps: () => [
        inState("preparing"),
        { trigger: ".o_field_widget[name='register_grid'] .badge" },
        press("action_submit"),
        { trigger: ".modal .o_field_widget[name='warnings']:contains('Biên bản')" },
        ...reason("Tổng hợp gửi sau"),
        handedIn,
        openPage("rounds"),
        { trigger: ".o_field_widget[name='picture_ids'] .o_data_row" },
    ],
});

/** The office receives, finds one paper not to conform, and asks for completion. */
addTour("cadre_review_hand_in_asked_for_completion", {
    steps: () => [
        inState("submitted"),
        press("action_receive"),
        inState("received"),
        openPage("papers"),
        {
            trigger: `${paperRow("Biên bản")} button[name='action_fail']`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='fault_id'] input",
            run: "edit Thiếu chữ ký",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Thiếu chữ ký')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='remark'] textarea",
            run: "edit Chủ trì chưa ký trang 3",
        },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: `${paperRow("Biên bản")}:contains('Not conforming')` },
        press("action_request"),
        { trigger: ".o_field_widget[name='line_ids']:contains('trang 3')" },
        type("reason", "Hoàn thiện biên bản."),
        press("action_issue"),
        inState("issued"),
    ],
});

/** The unit provides it again; the head hands the second round in. */
addTour("cadre_review_hand_in_second_round", {
    steps: () => [
        inState("returned"),
        { trigger: ".alert:contains('Hoàn thiện biên bản')" },
        openPage("papers"),
        {
            trigger: `${paperRow("Biên bản")} button[name='action_provide']`,
            run: "click",
        },
        { trigger: `${paperRow("Biên bản")}:contains('Provided')` },
        press("action_submit"),
        ...reason("Đã bổ sung"),
        handedIn,
        { trigger: ".o_field_widget[name='round']:contains('2')" },
        openPage("rounds"),
        {
            trigger: ".o_field_widget[name='picture_ids'] .o_data_row:eq(1)",
        },
        { trigger: ".o_field_widget[name='request_ids']:contains('Answered')" },
    ],
});

/** The office accepts, enters the hard copies, and the register is green. */
addTour("cadre_review_hand_in_accepted", {
    steps: () => [
        inState("submitted"),
        press("action_receive"),
        inState("received"),
        press("action_check_papers"),
        press("action_accept"),
        inState("accepted"),
        { trigger: ".o_field_widget[name='register_grid'] .text-bg-success" },
        openPage("deliveries"),
        press("action_deliver"),
        type("delivered_by", "Ngô Thị Thư"),
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        press("action_print"),
        { trigger: ".o_field_widget[name='round']:contains('2')" },
    ],
});
