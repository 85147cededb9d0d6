import { registry } from "@web/core/registry";

import {
    choose,
    inState,
    openPage,
    press,
    type,
    typeMoment,
    typeRow,
    chooseInRow,
} from "./tour_steps";

const tours = registry.category("web_tour.tours");
const GOOD = "Good completion";
const CRITERIA = 8; // of Mẫu số 01

const comments = (texts) =>
    [...Array(CRITERIA).keys()].flatMap((number) => typeRow("line_ids", number, texts));

tours.add("cadre_review_person_assesses", {
    steps: () => [
        press("action_self"),
        inState("draft"),
        ...comments({ strengths: "Tốt" }),
        ...choose("proposed_level", GOOD),
        press("action_confirm"),
        inState("confirmed"),
    ],
});

tours.add("cadre_review_officer_records_conference", {
    steps: () => [
        press("action_open_conference"),
        inState("draft"),
        ...typeMoment("date_start", "11/18/2022 08:00:00"),
        ...typeMoment("date_end", "11/18/2022 11:00:00"),
        type("place", "Hội trường"),
        type("chair", "Người Chủ Trì"),
        type("secretary", "Người Ghi Biên Bản"),
        type("convened", "9"),
        type("present", "9"),
        openPage("agenda"),
        ...[0, 1, 2].flatMap((number) => [
            ...typeRow("subject_ids", number, {
                issued: "9",
                collected: "9",
                valid: "9",
                votes_good: "9",
            }),
            ...chooseInRow("subject_ids", number, "concluded_level", "good"),
        ]),
        press("action_hold"),
        inState("held"),
        press("action_adopt"),
        inState("adopted"),
    ],
});

tours.add("cadre_review_party_body_comments", {
    steps: () => [
        press("action_party"),
        inState("draft"),
        ...comments({ strengths: "Gương mẫu", shortcomings: "Không có" }),
        ...choose("proposed_level", GOOD),
        press("action_confirm"),
        inState("confirmed"),
    ],
});

tours.add("cadre_review_head_hands_in", {
    steps: () => [
        inState("preparing"),
        press("action_submit"),
        // papers are missing: the window names them and asks for the reason
        {
            trigger: ".modal .o_field_widget[name='warnings']:contains('missing')",
        },
        {
            trigger: ".modal .o_field_widget[name='reason'] textarea",
            run: "edit Cấp ủy gửi sau",
        },
        {
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        inState("submitted"),
    ],
});

tours.add("cadre_review_office_receives", {
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
