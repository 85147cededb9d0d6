import {
    addTour,
    choose,
    inState,
    openPage,
    press,
    type,
    typeMoment,
    typeRow,
    chooseInRow,
    giveReason,
} from "./tour_steps";

const GOOD = "Good completion";
const CRITERIA = 8; // of Mẫu số 01

const comments = (texts) =>
    [...Array(CRITERIA).keys()].flatMap((number) => typeRow("line_ids", number, texts));

addTour("cadre_review_person_assesses", {
    steps: () => [
        press("action_self"),
        inState("draft"),
        ...comments({ strengths: "Tốt" }),
        ...choose("proposed_level", GOOD),
        press("action_confirm"),
        inState("confirmed"),
    ],
});

addTour("cadre_review_officer_records_conference", {
    steps: () => [
        press("action_open_conference"),
        inState("draft"),
        openPage("before"),
        ...typeMoment("date_studied", "11/10/2022"),
        type("study_note", "Họp cơ quan, toàn thể dự"),
        ...typeMoment("date_start", "11/18/2022 08:00:00"),
        ...typeMoment("date_end", "11/18/2022 11:00:00"),
        type("place", "Hội trường"),
        type("chair", "Người Chủ Trì"),
        type("secretary", "Người Ghi Biên Bản"),
        // the numbers are counted from the names of the roll
        openPage("attendance"),
        press("action_convene"),
        { trigger: `.o_field_widget[name='convened'] input:value(4)` },
        openPage("agenda"),
        ...[0, 1, 2].flatMap((number) => [
            ...typeRow("subject_ids", number, {
                issued: "3",
                collected: "3",
                valid: "3",
                votes_good: "3",
            }),
            ...chooseInRow(
                "subject_ids",
                number,
                "concluded_level",
                number === 2 ? "completed" : "good",
            ),
        ]),
        press("action_hold"),
        inState("held"),
        // the ballots led elsewhere: the minutes are refused until they say why
        press("action_adopt"),
        {
            trigger: ".modal .o_error_dialog, .modal:contains('ballots')",
        },
        {
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        ...typeRow("subject_ids", 2, { departure_reason: "Có kết luận sau bỏ phiếu" }),
        press("action_adopt"),
        inState("adopted"),
        openPage("minutes"),
        {
            trigger:
                ".o_field_widget[name='picture_ids'] .o_data_row:contains('Thường trực')",
        },
    ],
});

addTour("cadre_review_party_body_comments", {
    steps: () => [
        press("action_party"),
        inState("draft"),
        ...comments({ strengths: "Gương mẫu", shortcomings: "Không có" }),
        ...choose("proposed_level", GOOD),
        press("action_confirm"),
        inState("confirmed"),
    ],
});

addTour("cadre_review_head_hands_in", {
    steps: () => [
        inState("preparing"),
        press("action_submit"),
        // papers are missing: the window names them and asks for the reason
        {
            trigger: ".modal .o_field_widget[name='warnings']:contains('missing')",
        },
        ...giveReason("Cấp ủy gửi sau"),
        inState("submitted"),
    ],
});

addTour("cadre_review_office_receives", {
    steps: () => [
        inState("submitted"),
        press("action_receive"),
        inState("received"),
        press("action_accept"),
        {
            trigger: ".modal .modal-body:contains('has not been found to conform')",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        inState("received"),
    ],
});
