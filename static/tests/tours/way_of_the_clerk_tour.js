import {
    addTour,
    chooseInRow,
    giveReason,
    inState,
    press,
    type,
    typeMoment,
    typeRow,
} from "./tour_steps";

const GOOD = "good";
const PEOPLE = [1, 2]; // row 0 is the collective

addTour("cadre_review_clerk_keys_from_paper", {
    steps: () => [
        inState("preparing"),
        press("action_key_from_paper"),
        // the dossier has a place as well
        { trigger: ".o_field_widget[name='unit_name']:contains('phường A')" },
        type("source_place", "Tủ hồ sơ 2"),
        ...typeMoment("date_start", "11/18/2022 08:00:00"),
        ...typeMoment("date_end", "11/18/2022 11:00:00"),
        type("place", "Hội trường"),
        type("chair", "Người Chủ Trì"),
        type("secretary", "Người Ghi Biên Bản"),
        type("convened", "9"),
        type("present", "9"),
        ...[0, ...PEOPLE].flatMap((number) => [
            ...typeRow("line_ids", number, {
                issued: "9",
                collected: "9",
                valid: "9",
                votes_good: "9",
            }),
            ...chooseInRow("line_ids", number, "concluded_level", GOOD),
            ...chooseInRow("line_ids", number, "unit_level", GOOD),
        ]),
        ...PEOPLE.flatMap((number) => [
            ...chooseInRow("line_ids", number, "self_level", GOOD),
            ...chooseInRow("line_ids", number, "party_level", GOOD),
        ]),
        press("action_key"),
        inState("preparing"),
        // the receipts of the declarations are still awaited
        press("action_submit"),
        ...giveReason("Biên nhận gửi sau"),
        inState("submitted"),
        press("action_receive"),
        inState("received"),
        press("action_check_papers"),
        press("action_accept"),
        inState("accepted"),
    ],
});
